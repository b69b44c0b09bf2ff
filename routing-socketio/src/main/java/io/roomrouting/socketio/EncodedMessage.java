package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.spi.Encoded;
import java.util.List;
import java.util.Optional;

/**
 * A packet of Socket.IO as it goes over the wire: a text message, and the binary messages of its attachments, which must
 * follow it at once. Encoded once and shared by all clients of a namespace that it goes to.
 *
 * @param packets the text first
 * @param offset what a client remembers of it in order to come back, if it is a message that can be remembered
 */
public record EncodedMessage(List<EncodedPacket> packets, Optional<String> offset) implements Encoded {

    /** The bytes that a WebSocket frame of a server adds at most. */
    private static final int FRAME_HEADER = 10;

    /** Copies the list. */
    public EncodedMessage {
        packets = List.copyOf(packets);
    }

    /**
     * Makes a message that clients do not remember.
     *
     * @param packets the text first
     */
    public EncodedMessage(List<EncodedPacket> packets) {
        this(packets, Optional.empty());
    }

    @Override
    public int size() {
        return packets.stream().mapToInt(packet -> packet.size() + FRAME_HEADER).sum();
    }
}
