package io.roomrouting.spi;

/**
 * A message as it goes over the wire, encoded once and shared by every connection that has the same
 * {@link WireFormat}. Immutable; opaque to everybody but the transport that made it.
 */
public interface Encoded {

    /**
     * Returns the space that it takes in an outbound queue.
     *
     * @return bytes, framing included
     */
    int size();
}
