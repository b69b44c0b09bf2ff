package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the small JSON objects of the API, as a stream. Fields that nobody knows are skipped, {@code null} is the same as
 * absent, and whatever else is not as it should be is an {@link RoutingException.InvalidRequest}.
 */
final class JsonRequest {

    private static final int MAX_DEPTH = 32;

    /** Not told to guess the encoding, since JSON is UTF-8; not told to keep field names, since clients choose them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /** Reads the value of one field; the parser stands on its first token, and shall stand on its last. */
    @FunctionalInterface
    interface FieldReader {
        void read(String name, JsonParser value) throws IOException;
    }

    private JsonRequest() {}

    /** Reads {@code {"userId":"…"}}. */
    static Optional<String> userId(byte[] body) {
        String[] found = new String[1];
        readObject(body, (name, value) -> {
            if (name.equals("userId")) {
                found[0] = text(name, value);
            } else {
                value.skipChildren();
            }
        });
        return Optional.ofNullable(found[0]);
    }

    /** Reads {@code {"type"?,"region"?,"maxClients"?,"metadata"?,"visibility"?}}; an empty body is an object without fields. */
    static RoomSpec roomSpec(byte[] body) {
        if (body.length == 0) {
            return RoomSpec.defaults();
        }
        RoomWishes wishes = new RoomWishes();
        readObject(body, wishes);
        return wishes.spec();
    }

    /** A match that is asked for: the wishes for a room, and who comes along. */
    record Match(RoomSpec spec, Set<UserId> group) {}

    /** Reads what {@link #roomSpec} reads, and {@code "group"?}, an array of user ids. */
    static Match match(byte[] body) {
        if (body.length == 0) {
            return new Match(RoomSpec.defaults(), Set.of());
        }
        RoomWishes wishes = new RoomWishes();
        Set<UserId> group = new HashSet<>();
        readObject(body, (name, value) -> {
            if (name.equals("group")) {
                readUsers(name, value, group);
            } else {
                wishes.read(name, value);
            }
        });
        return new Match(wishes.spec(), group);
    }

    private static void readUsers(String name, JsonParser value, Set<UserId> users) throws IOException {
        if (value.currentToken() != JsonToken.START_ARRAY) {
            throw RoutingException.invalid(name + " must be an array of user ids");
        }
        while (value.nextToken() != JsonToken.END_ARRAY) {
            users.add(UserId.of(text("every entry of " + name, value)));
        }
    }

    static void readObject(byte[] body, FieldReader reader) {
        requireUtf8(body);
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RoutingException.invalid("The body must be a JSON object");
            }
            readFields(parser, reader);
            if (parser.nextToken() != null) {
                throw RoutingException.invalid("The body must be one JSON object and nothing else");
            }
        } catch (JsonProcessingException e) {
            throw RoutingException.invalid(
                    "The body is not valid JSON, or nested too deeply, or names a field twice", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readFields(JsonParser parser, FieldReader reader) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                reader.read(name, parser);
            }
        }
    }

    static String text(String name, JsonParser value) throws IOException {
        if (value.currentToken() != JsonToken.VALUE_STRING) {
            throw RoutingException.invalid(name + " must be a string");
        }
        String text = value.getText();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw RoutingException.invalid(name + " holds half of a surrogate pair");
        }
        return text;
    }

    static int wholeNumber(String name, JsonParser value) throws IOException {
        if (value.currentToken() != JsonToken.VALUE_NUMBER_INT || value.getNumberType() != JsonParser.NumberType.INT) {
            throw RoutingException.invalid(name + " must be a whole number");
        }
        return value.getIntValue();
    }

    /** The parser accepts some sequences that are not UTF-8. */
    private static void requireUtf8(byte[] body) {
        int i = 0;
        while (i < body.length && body[i] >= 0) {
            i++;
        }
        if (i == body.length) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw RoutingException.invalid("The body is not valid UTF-8", e);
        }
    }

    private static final class RoomWishes implements FieldReader {

        private String type = RoomSpec.DEFAULT_TYPE;
        private Optional<String> region = Optional.empty();
        private OptionalInt maxClients = OptionalInt.empty();
        private Map<String, String> metadata = Map.of();
        private RoomVisibility visibility = RoomVisibility.PRIVATE;

        @Override
        public void read(String name, JsonParser value) throws IOException {
            switch (name) {
                case "type" -> type = text(name, value);
                case "region" -> region = Optional.of(text(name, value));
                case "maxClients" -> maxClients = OptionalInt.of(wholeNumber(name, value));
                case "metadata" -> metadata = texts(name, value);
                case "visibility" -> visibility = visibility(name, value);
                default -> value.skipChildren();
            }
        }

        RoomSpec spec() {
            return new RoomSpec(type, region, maxClients, metadata, visibility);
        }

        private static RoomVisibility visibility(String name, JsonParser value) throws IOException {
            return switch (text(name, value)) {
                case "public" -> RoomVisibility.PUBLIC;
                case "private" -> RoomVisibility.PRIVATE;
                default -> throw RoutingException.invalid(name + " is public or private");
            };
        }

        private static Map<String, String> texts(String name, JsonParser value) throws IOException {
            if (value.currentToken() != JsonToken.START_OBJECT) {
                throw RoutingException.invalid(name + " must be an object of strings");
            }
            Map<String, String> texts = new HashMap<>();
            readFields(value, (key, entry) -> texts.put(key, text("every value of " + name, entry)));
            return texts;
        }
    }
}
