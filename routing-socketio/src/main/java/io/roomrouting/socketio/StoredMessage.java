package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.EncodedPacket;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message on its way to another host: its parts one after the other, each a byte for its kind, its length in four bytes,
 * most significant first, and its content.
 */
final class StoredMessage {

    private static final byte TEXT = 0;
    private static final byte BINARY = 1;
    private static final byte OFFSET = 2;
    private static final int PART_HEADER = 1 + Integer.BYTES;

    private StoredMessage() {}

    static byte[] write(EncodedMessage message) {
        byte[] offset = message.offset().orElse("").getBytes(StandardCharsets.UTF_8);
        int size = message.packets().stream()
                .mapToInt(packet -> PART_HEADER + packet.size())
                .sum();
        ByteBuffer stored = ByteBuffer.allocate(size + (offset.length == 0 ? 0 : PART_HEADER + offset.length));
        for (EncodedPacket packet : message.packets()) {
            stored.put(packet.isBinary() ? BINARY : TEXT).putInt(packet.size()).put(packet.payload());
        }
        if (offset.length > 0) {
            stored.put(OFFSET).putInt(offset.length).put(offset);
        }
        return stored.array();
    }

    static EncodedMessage read(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<EncodedPacket> packets = new ArrayList<>();
        Optional<String> offset = Optional.empty();
        try {
            while (bytes.hasRemaining()) {
                byte kind = bytes.get();
                byte[] part = part(bytes, kind == BINARY ? 0 : 1);
                switch (kind) {
                    case TEXT -> packets.add(text(part));
                    case BINARY -> packets.add(EncodedPacket.message(part));
                    case OFFSET -> offset = Optional.of(new String(part, StandardCharsets.UTF_8));
                    default -> throw new IllegalArgumentException("not a stored message");
                }
            }
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("not a stored message", cut);
        }
        return new EncodedMessage(packets, offset);
    }

    private static byte[] part(ByteBuffer bytes, int least) {
        int size = bytes.getInt();
        if (size < least || size > bytes.remaining()) {
            throw new IllegalArgumentException("not a stored message");
        }
        byte[] part = new byte[size];
        bytes.get(part);
        return part;
    }

    private static EncodedPacket text(byte[] packet) {
        // The first byte is the digit of a message, which is written again.
        return EncodedPacket.message(new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8));
    }
}
