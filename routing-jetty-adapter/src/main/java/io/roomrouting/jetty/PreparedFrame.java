package io.roomrouting.jetty;

import io.roomrouting.jetty.internal.MessageCompression;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.spi.Encoded;
import org.jspecify.annotations.Nullable;

/** A whole frame, header and payload, shared by all who get it and never changed. */
final class PreparedFrame implements Encoded {

    private final byte[] bytes;
    private volatile byte @Nullable [] compressed;

    PreparedFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns what one client gets; compressed once for all who have agreed to it. */
    byte[] bytesFor(WebSocketConnection client) {
        MessageCompression compression = client.compression();
        if (compression == null) {
            return bytes;
        }
        byte[] known = compressed;
        if (known == null) {
            known = compression.deflated(bytes);
            compressed = known;
        }
        return known;
    }

    @Override
    public int size() {
        return bytes.length;
    }
}
