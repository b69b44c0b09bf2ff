package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.ProtocolViolation;
import io.roomrouting.spi.Encoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /**
     * Reads an event back, for tools that show what is sent. Takes as long as decoding it.
     *
     * @return its name and its arguments, with placeholders where attachments belong; empty if it is no event, or one
     *     beyond what a client could send
     */
    public List<JsonNode> readEvent() {
        if (packets.isEmpty()) {
            return List.of();
        }
        String message = StandardCharsets.UTF_8.decode(packets.get(0).payload()).toString();
        try {
            // The first character says that it is a message.
            PacketHeader header = PacketHeader.read(message.substring(1), Integer.MAX_VALUE);
            if (header.type() != PacketType.EVENT && header.type() != PacketType.BINARY_EVENT) {
                return List.of();
            }
            List<JsonNode> event = new ArrayList<>();
            BoundedJson.read(message.substring(1 + header.length())).forEach(event::add);
            return event;
        } catch (ProtocolViolation beyond) {
            return List.of();
        }
    }
}
