package io.roomrouting.jetty;

import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.jetty.internal.MessageCompression;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.socketio.engine.EncodedPacket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Packets of Engine.IO as frames, each made once: plain ones, and compressed ones for the clients that have agreed to it. */
final class EngineFrames {

    private static final Function<EncodedPacket, byte[]> PLAIN = EngineFrames::plain;

    private final Function<EncodedPacket, byte[]> compressed;

    EngineFrames(@Nullable MessageCompression compression) {
        compressed = compression == null ? PLAIN : packet -> compression.deflated(packet.frame(PLAIN));
    }

    /** Returns what makes the frames for a client. */
    Function<EncodedPacket, byte[]> of(WebSocketConnection client) {
        return client.compression() == null ? PLAIN : compressed;
    }

    private static byte[] plain(EncodedPacket packet) {
        byte[] payload = new byte[packet.size()];
        packet.payload().get(payload);
        return Frames.of(packet.isBinary() ? Frames.BINARY : Frames.TEXT, payload);
    }
}
