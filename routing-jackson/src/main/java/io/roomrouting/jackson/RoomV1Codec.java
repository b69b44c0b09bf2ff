package io.roomrouting.jackson;

import io.roomrouting.RoutingException;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import java.util.List;

/**
 * The text protocol {@code room.v1}: one JSON object per message.
 *
 * <table>
 * <caption>Messages</caption>
 * <tr><th>direction</th><th>form</th></tr>
 * <tr><td>client, event</td><td>{@code {"event":"…","data":…}}</td></tr>
 * <tr><td>client, event that asks for a reply</td><td>{@code {"event":"…","data":…,"id":7}}</td></tr>
 * <tr><td>server, event</td><td>{@code {"event":"…","data":…}}</td></tr>
 * <tr><td>server, reply</td><td>{@code {"reply":7,"data":…}}</td></tr>
 * <tr><td>server, refusal of an event that asks for a reply</td>
 *     <td>{@code {"reply":7,"error":{"code":"…","detail":"…"}}}</td></tr>
 * <tr><td>server, other refusal</td><td>{@code {"event":"error","data":{"code":"…","detail":"…"}}}</td></tr>
 * </table>
 *
 * <p>{@code event} is 1 to 128 characters; {@code id} is an integer from 0 to 2<sup>53</sup>−1, which is what every JSON
 * library can hold. The order of the fields is free and other fields are passed over.
 *
 * <p>{@code data} is the one argument of an event; left out there is none. A server that sends more than one argument
 * sends them as an array, but what comes in is always one argument, even if it is an array: plain clients should use
 * one.
 *
 * <p>Thread-safe; does not block.
 */
public final class RoomV1Codec {

    /** The largest {@code id}. */
    public static final long MAX_ID = (1L << 53) - 1;

    /** The longest {@code event}, in UTF-16 units. */
    public static final int MAX_EVENT_LENGTH = 128;

    private final PayloadCodec payloads;
    private final EnvelopeReader reader;

    /**
     * Makes a codec.
     *
     * @param payloads reads and writes {@code data}; must speak JSON
     */
    public RoomV1Codec(PayloadCodec payloads) {
        this.payloads = payloads;
        this.reader = new EnvelopeReader(payloads);
    }

    /**
     * Reads a message from a client.
     *
     * @param text holds the message; not kept. That it is UTF-8 was checked by the transport, as RFC 6455 demands
     * @param offset where it begins
     * @param length how many bytes it has
     * @return an event or an acknowledgement
     * @throws RoutingException.InvalidRequest if it is neither; its cause is set if it is not even JSON
     */
    public RoomV1Message decode(byte[] text, int offset, int length) {
        return reader.read(text, offset, length);
    }

    /**
     * Writes an event.
     *
     * @param name the event's name
     * @param arguments its arguments, elements may be null
     * @return the message, UTF-8
     * @throws IllegalArgumentException if an argument cannot be written
     */
    public byte[] event(String name, List<?> arguments) {
        return new Utf8Text()
                .raw("{\"event\":")
                .string(name)
                .arguments(arguments, payloads)
                .raw("}")
                .toBytes();
    }

    /**
     * Writes the answer to an event that asked for one.
     *
     * @param id the event's {@code id}
     * @param arguments the answer, elements may be null
     * @return the message, UTF-8
     * @throws IllegalArgumentException if an argument cannot be written
     */
    public byte[] reply(long id, List<?> arguments) {
        return new Utf8Text()
                .raw("{\"reply\":" + id)
                .arguments(arguments, payloads)
                .raw("}")
                .toBytes();
    }

    /**
     * Writes a refusal of an event.
     *
     * @param id the event's {@code id}, or {@link InboundEvent#NO_REPLY}
     * @param code a stable name
     * @param detail one line for people
     * @return the message, UTF-8
     */
    public byte[] failure(long id, String code, String detail) {
        Utf8Text text = new Utf8Text();
        if (id == InboundEvent.NO_REPLY) {
            text.raw("{\"event\":\"error\",\"data\":");
        } else {
            text.raw("{\"reply\":" + id + ",\"error\":");
        }
        return text.raw("{\"code\":")
                .string(code)
                .raw(",\"detail\":")
                .string(detail)
                .raw("}}")
                .toBytes();
    }

    /**
     * Writes how many of a client's events the room has taken note of.
     *
     * @param handled the number
     * @return the message, UTF-8
     */
    public byte[] acknowledgement(long handled) {
        return new Utf8Text().raw("{\"ack\":" + handled + "}").toBytes();
    }

    /**
     * Writes what a client that has asked for a seat learns first.
     *
     * @param welcome the session, and the seat if it got one
     * @return the message, UTF-8; holds the seat's secret
     */
    public byte[] welcome(Welcome welcome) {
        Utf8Text text = new Utf8Text().raw("{\"session\":{\"id\":").string(welcome.sessionId());
        welcome.seat()
                .ifPresent(seat -> text.raw(",\"token\":")
                        .string(seat.token())
                        .raw(",\"resumed\":" + seat.resumed())
                        .raw(",\"handled\":" + seat.handled())
                        .raw(",\"graceMs\":" + seat.grace().toMillis()));
        return text.raw("}}").toBytes();
    }
}
