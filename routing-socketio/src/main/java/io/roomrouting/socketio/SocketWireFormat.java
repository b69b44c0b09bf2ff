package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.WireFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rooms say, as packets of Socket.IO in one namespace. One instance serves all clients of the namespace, so that a
 * broadcast is encoded once. Thread-safe; does not block.
 *
 * <p>A reply is the acknowledgement that the client asked for, its arguments those of the reply. A refusal is the
 * acknowledgement {@code {"ok":false,"code":"…","detail":"…"}}, or an event {@code error} with the same {@code code} and
 * {@code detail} where the client asked for none.
 */
public final class SocketWireFormat implements WireFormat {

    private static final int LONGEST_PLAIN_NAMESPACE = 48;

    private final String namespace;
    private final SocketPacketEncoder encoder;

    /**
     * Makes a format.
     *
     * @param mapper writes arguments; not to be changed afterwards
     * @param settings those of the server
     * @param namespace begins with a slash; at most 48 characters
     * @throws IllegalArgumentException if the namespace is not such a name
     */
    public SocketWireFormat(ObjectMapper mapper, SocketSettings settings, String namespace) {
        if (!namespace.startsWith("/") || namespace.length() > LONGEST_PLAIN_NAMESPACE) {
            throw new IllegalArgumentException(
                    "namespace '" + namespace + "' does not begin with a slash or is longer than 48 characters");
        }
        this.namespace = namespace;
        this.encoder = new SocketPacketEncoder(mapper, settings.maxAttachments());
    }

    /**
     * Returns where its messages belong.
     *
     * @return begins with a slash
     */
    public String namespace() {
        return namespace;
    }

    @Override
    public String name() {
        return "socket.io.v5:" + namespace;
    }

    @Override
    public Encoded event(String name, List<?> arguments) {
        return encoder.event(namespace, name, arguments, SocketPacket.NO_ACK);
    }

    @Override
    public Encoded reply(long replyId, List<?> arguments) {
        return encoder.ack(namespace, replyId, arguments);
    }

    @Override
    public Encoded failure(long replyId, String code, String detail) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        if (replyId != InboundEvent.NO_REPLY) {
            refusal.put("ok", false);
        }
        refusal.put("code", code);
        refusal.put("detail", detail);
        return replyId == InboundEvent.NO_REPLY ? event("error", List.of(refusal)) : reply(replyId, List.of(refusal));
    }

    /** Makes a message that is nothing on the wire: there is no such packet in Socket.IO. */
    @Override
    public Encoded acknowledgement(long handled) {
        return new EncodedMessage(List.of());
    }

    @Override
    public byte[] store(Encoded message) {
        List<EncodedPacket> packets = ((EncodedMessage) message).packets();
        int size = packets.stream().mapToInt(packet -> packet.size() + 5).sum();
        ByteBuffer stored = ByteBuffer.allocate(size);
        for (EncodedPacket packet : packets) {
            stored.put((byte) (packet.isBinary() ? 1 : 0)).putInt(packet.size()).put(packet.payload());
        }
        return stored.array();
    }

    @Override
    public Encoded restore(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<EncodedPacket> packets = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                boolean binary = bytes.get() != 0;
                int size = bytes.getInt();
                if (size < (binary ? 0 : 1) || size > bytes.remaining()) {
                    throw new IllegalArgumentException("not a stored message");
                }
                byte[] payload = new byte[size];
                bytes.get(payload);
                packets.add(binary ? EncodedPacket.message(payload) : text(payload));
            }
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("not a stored message", cut);
        }
        return new EncodedMessage(packets);
    }

    private static EncodedPacket text(byte[] payload) {
        // The first byte is the digit of a message, which is written again.
        return EncodedPacket.message(new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8));
    }
}
