package io.roomrouting.spi;

/** Up to where a client that comes back has received what was sent to its session. */
public sealed interface Received {

    /**
     * The client has counted.
     *
     * @param messages how many messages of this session it has received in all, {@link Welcome} and acknowledgements not
     *     counted; 0 or more
     */
    record Count(long messages) implements Received {}

    /**
     * The client has remembered the last mark that it received. What was sent behind the message with this mark is sent
     * again, so that a message without a mark may come twice.
     *
     * @param mark as {@link WireFormat#hasMark} knows it
     */
    record UpTo(String mark) implements Received {}
}
