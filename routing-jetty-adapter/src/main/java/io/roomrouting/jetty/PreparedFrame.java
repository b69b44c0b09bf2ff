package io.roomrouting.jetty;

import io.roomrouting.spi.Encoded;

/** A whole frame, header and payload, shared by all who get it and never changed. */
final class PreparedFrame implements Encoded {

    private final byte[] bytes;

    PreparedFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }
}
