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
     * Returns the format's name. A message that one host has encoded and not delivered is delivered by another host
     * through the format of the same name.
     *
     * @return stable, 1 to 64 characters, for example {@code room.v1}
     */
    String name();

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

    /**
     * Encodes how many of a client's events the room has taken note of, for clients that have a seat. It is not counted
     * among the session's messages.
     *
     * @param handled the number
     * @return the message
     */
    Encoded acknowledgement(long handled);

    /**
     * Says whether a message carries a mark by which clients of this format remember it. Formats whose clients count what
     * they receive have no marks.
     *
     * @param message made by this format, perhaps by {@link #restore}
     * @param mark what a client has remembered
     * @return whether this is the message
     */
    default boolean hasMark(Encoded message, String mark) {
        return false;
    }

    /**
     * Writes a message of this format so that another host can read it.
     *
     * @param message made by this format
     * @return for {@link #restore}
     */
    byte[] store(Encoded message);

    /**
     * Reads what {@link #store} has written, perhaps in another process and by another version of this library.
     *
     * @param stored the message
     * @return the message, ready to be sent
     * @throws IllegalArgumentException if it is not one
     */
    Encoded restore(byte[] stored);
}
