package io.roomrouting.session;

import org.jspecify.annotations.Nullable;

/** Writes what rooms send and reads what clients sent. Thread-safe; does not block. */
public interface PayloadCodec {

    /**
     * Writes a value.
     *
     * @param value any value that the codec can write
     * @return its UTF-8 text
     * @throws IllegalArgumentException if it cannot be written
     */
    byte[] encode(@Nullable Object value);

    /**
     * Reads a value.
     *
     * @param text UTF-8
     * @return the value, to be read as a type later
     * @throws io.roomrouting.RoutingException.InvalidRequest if the text is malformed
     */
    Payload decode(byte[] text);
}
