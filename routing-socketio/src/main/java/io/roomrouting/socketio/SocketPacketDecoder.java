package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one client, and waits for the attachments of a binary one (Socket.IO 5, section "Packet encoding").
 * After a refusal the connection is to be closed, since nobody knows what the following messages belong to.
 *
 * <p>For one thread at a time. It keeps at most one packet, with as many attachments as are allowed; how long one may be
 * is up to the transport.
 */
final class SocketPacketDecoder {

    private final int maxAttachments;
    private @Nullable Waiting waiting;

    SocketPacketDecoder(int maxAttachments) {
        this.maxAttachments = maxAttachments;
    }

    /**
     * Takes a text message.
     *
     * @return the packet; empty if its attachments are still to come
     * @throws ProtocolViolation if it is none, or an attachment should have come
     */
    Optional<SocketPacket> text(String message) throws ProtocolViolation {
        if (waiting != null) {
            throw new ProtocolViolation("text in the place of an attachment");
        }
        PacketHeader header = PacketHeader.read(message, maxAttachments);
        String json = message.substring(header.length());
        if (!header.type().isBinary()) {
            return Optional.of(plain(header, json));
        }
        Waiting complete = new Waiting(header, items(json));
        if (header.attachments() == 0) {
            return Optional.of(complete.packet());
        }
        // What can be said against it is said before its attachments are waited for.
        withItems(header, complete.items);
        waiting = complete;
        return Optional.empty();
    }

    /**
     * Takes a binary message.
     *
     * @param attachment not copied
     * @return the packet, when this was its last attachment
     * @throws ProtocolViolation if no attachment should have come
     */
    Optional<SocketPacket> binary(byte[] attachment) throws ProtocolViolation {
        Waiting packet = waiting;
        if (packet == null) {
            throw new ProtocolViolation("an attachment that belongs to no packet");
        }
        packet.attachments.add(attachment);
        if (packet.attachments.size() < packet.header.attachments()) {
            return Optional.empty();
        }
        waiting = null;
        return Optional.of(packet.packet());
    }

    /** Says whether attachments are still to come. */
    boolean isWaiting() {
        return waiting != null;
    }

    private static SocketPacket plain(PacketHeader header, String json) throws ProtocolViolation {
        return switch (header.type()) {
            case CONNECT -> new SocketPacket.Connect(header.namespace(), auth(json));
            case DISCONNECT -> disconnect(header, json);
            case CONNECT_ERROR -> connectError(header, json);
            case EVENT, ACK, BINARY_EVENT, BINARY_ACK -> withItems(header, items(json));
        };
    }

    private static Optional<ObjectNode> auth(String json) throws ProtocolViolation {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        if (BoundedJson.read(json) instanceof ObjectNode auth) {
            return Optional.of(auth);
        }
        throw new ProtocolViolation("an auth payload that is not an object");
    }

    private static SocketPacket disconnect(PacketHeader header, String json) throws ProtocolViolation {
        if (!json.isEmpty()) {
            throw new ProtocolViolation("a payload in a packet that has none");
        }
        return new SocketPacket.Disconnect(header.namespace());
    }

    private static SocketPacket connectError(PacketHeader header, String json) throws ProtocolViolation {
        JsonNode reason = BoundedJson.read(json);
        if (!reason.isObject() && !reason.isTextual()) {
            throw new ProtocolViolation("a refusal that is neither an object nor a string");
        }
        return new SocketPacket.ConnectError(header.namespace(), reason);
    }

    private static ArrayNode items(String json) throws ProtocolViolation {
        if (BoundedJson.read(json) instanceof ArrayNode items) {
            return items;
        }
        throw new ProtocolViolation("a payload that is not an array");
    }

    private static SocketPacket withItems(PacketHeader header, ArrayNode items) throws ProtocolViolation {
        List<JsonNode> all = new ArrayList<>(items.size());
        items.forEach(all::add);
        if (header.type() == PacketType.EVENT || header.type() == PacketType.BINARY_EVENT) {
            String name = EventNames.read(items.path(0));
            return new SocketPacket.Event(header.namespace(), name, all.subList(1, all.size()), header.ackId());
        }
        if (header.ackId() == SocketPacket.NO_ACK) {
            throw new ProtocolViolation("an acknowledgement of nothing");
        }
        return new SocketPacket.Ack(header.namespace(), header.ackId(), all);
    }

    /** A binary packet whose attachments come in. */
    private static final class Waiting {

        private final PacketHeader header;
        private final ArrayNode items;
        private final List<byte[]> attachments = new ArrayList<>();

        Waiting(PacketHeader header, ArrayNode items) {
            this.header = header;
            this.items = items;
        }

        SocketPacket packet() throws ProtocolViolation {
            Placeholders.fill(items, attachments);
            return withItems(header, items);
        }
    }
}
