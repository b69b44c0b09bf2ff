package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.WireFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rooms say, as packets of Socket.IO in one namespace. One instance serves all clients of the namespace, so that a
 * broadcast is encoded once. Thread-safe; does not block.
 *
 * <p>A reply is the acknowledgement that the client asked for, its arguments those of the reply. A refusal is the
 * acknowledgement {@code {"ok":false,"code":"…","detail":"…"}}, or an event {@code error} with the same {@code code} and
 * {@code detail} where the client asked for none.
 *
 * <p>With {@link SocketSettings#stateRecovery} every event has one more argument, its offset: a string that is never the
 * same for two events, whichever host encodes them, and that the official clients send back when they reconnect.
 */
public final class SocketWireFormat implements WireFormat {

    private static final int LONGEST_PLAIN_NAMESPACE = 48;

    private final String namespace;
    private final SocketPacketEncoder encoder;
    private final Optional<Offsets> offsets;

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
        this.offsets = settings.stateRecovery() ? Optional.of(new Offsets()) : Optional.empty();
    }

    /**
     * Returns where its messages belong.
     *
     * @return begins with a slash
     */
    public String namespace() {
        return namespace;
    }

    /** Says whether clients can come back to where they were. */
    boolean recovers() {
        return offsets.isPresent();
    }

    @Override
    public String name() {
        return "socket.io.v5:" + namespace;
    }

    @Override
    public Encoded event(String name, List<?> arguments) {
        return offsets.map(all -> encoder.event(namespace, name, arguments, all.next()))
                .orElseGet(() -> encoder.event(namespace, name, arguments, SocketPacket.NO_ACK));
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

    /** The mark of an event is its offset. */
    @Override
    public boolean hasMark(Encoded message, String mark) {
        return ((EncodedMessage) message).offset().filter(mark::equals).isPresent();
    }

    @Override
    public byte[] store(Encoded message) {
        return StoredMessage.write((EncodedMessage) message);
    }

    @Override
    public Encoded restore(byte[] stored) {
        return StoredMessage.read(stored);
    }
}
