package io.roomrouting.spi;

import java.util.List;

/**
 * Turns what a room says into bytes. One instance serves all connections that share a format, and a broadcast is encoded
 * once per instance. Thread-safe; does not block.
 *
 * <p>Arguments are whatever the application passes: the format's {@link io.roomrouting.session.PayloadCodec} knows how
 * to write them.
 */
public interface WireFormat {

    /**
     * Encodes an event.
     *
     * @param name the event's name
     * @param arguments its arguments, elements may be null
     * @return the message
     * @throws IllegalArgumentException if an argument cannot be written
     */
    Encoded event(String name, List<?> arguments);

    /**
     * Encodes the answer to a client's event that asked for one.
     *
     * @param replyId the client's number, from {@link InboundEvent#replyId()}
     * @param arguments the answer, elements may be null
     * @return the message
     * @throws IllegalArgumentException if an argument cannot be written
     */
    Encoded reply(long replyId, List<?> arguments);

    /**
     * Encodes a refusal of a client's event.
     *
     * @param replyId the client's number, or {@link InboundEvent#NO_REPLY} to tell it as an event named {@code error}
     * @param code a stable name such as {@code INVALID_REQUEST}
     * @param detail one line for people
     * @return the message
     */
    Encoded failure(long replyId, String code, String detail);
}
