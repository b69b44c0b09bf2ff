package io.roomrouting.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.InboundEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the object around an event in one pass, without building a tree. */
final class EnvelopeReader {

    private static final JsonFactory PARSERS = StrictJson.factory();

    private final PayloadCodec payloads;

    EnvelopeReader(PayloadCodec payloads) {
        this.payloads = payloads;
    }

    RoomV1Message read(byte[] text, int offset, int length) {
        try (JsonParser parser = PARSERS.createParser(text, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RoutingException.invalid("a message is a JSON object: {\"event\":\"…\",\"data\":…}");
            }
            Fields fields = new Fields(text, offset);
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                fields.take(name, parser);
            }
            if (parser.nextToken() != null) {
                throw RoutingException.invalid("there is something behind the JSON object");
            }
            return fields.toMessage(payloads);
        } catch (IOException e) {
            throw Mismatch.malformed("the message", e);
        }
    }

    /** What has been read of one message. */
    private static final class Fields {

        private static final long NONE = -1;

        private final byte[] text;
        private final int offset;
        private @Nullable String event;
        private byte @Nullable [] data;
        private boolean dataIsNull;
        private boolean idSeen;
        private long id = InboundEvent.NO_REPLY;
        private long received = NONE;

        Fields(byte[] text, int offset) {
            this.text = text;
            this.offset = offset;
        }

        void take(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "event" -> takeEvent(parser);
                case "id" -> takeId(parser);
                case "ack" -> takeAcknowledgement(parser);
                case "data" -> takeData(parser);
                default -> parser.skipChildren();
            }
        }

        private void takeEvent(JsonParser parser) throws IOException {
            refuseTwice("event", event != null);
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw RoutingException.invalid("\"event\" is not a string");
            }
            String name = parser.getText();
            if (name.isEmpty() || name.length() > RoomV1Codec.MAX_EVENT_LENGTH) {
                throw RoutingException.invalid(
                        "\"event\" is not 1 to " + RoomV1Codec.MAX_EVENT_LENGTH + " characters long");
            }
            event = name;
        }

        private void takeId(JsonParser parser) throws IOException {
            refuseTwice("id", idSeen);
            idSeen = true;
            if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                id = number("id", parser);
            }
        }

        private void takeAcknowledgement(JsonParser parser) throws IOException {
            refuseTwice("ack", received != NONE);
            received = number("ack", parser);
        }

        private static long number(String field, JsonParser parser) throws IOException {
            // Sixteen digits are enough for the largest number, and parsing no more keeps long ones cheap.
            boolean possible = parser.hasToken(JsonToken.VALUE_NUMBER_INT) && parser.getTextLength() <= 16;
            long value = possible ? parser.getLongValue() : NONE;
            if (value < 0 || value > RoomV1Codec.MAX_ID) {
                throw RoutingException.invalid("\"" + field + "\" is not an integer from 0 to " + RoomV1Codec.MAX_ID);
            }
            return value;
        }

        private void takeData(JsonParser parser) throws IOException {
            refuseTwice("data", data != null);
            dataIsNull = parser.hasToken(JsonToken.VALUE_NULL);
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int to = (int) parser.currentLocation().getByteOffset();
            data = Arrays.copyOfRange(text, offset + from, offset + to);
        }

        RoomV1Message toMessage(PayloadCodec payloads) {
            if (event != null) {
                List<Payload> arguments = data == null ? List.of() : List.of(payload(payloads, data));
                return new RoomV1Message.Said(new InboundEvent(event, arguments, id));
            }
            if (received == NONE) {
                throw RoutingException.invalid("\"event\" is missing");
            }
            return new RoomV1Message.Acknowledged(received);
        }

        private Payload payload(PayloadCodec payloads, byte[] json) {
            // What this parser has passed over is well-formed; other codecs have to see for themselves.
            return payloads instanceof JacksonPayloadCodec jackson
                    ? jackson.decoded(json, dataIsNull)
                    : payloads.decode(json);
        }

        private static void refuseTwice(String name, boolean seen) {
            if (seen) {
                throw RoutingException.invalid("\"" + name + "\" is given twice");
            }
        }
    }
}
