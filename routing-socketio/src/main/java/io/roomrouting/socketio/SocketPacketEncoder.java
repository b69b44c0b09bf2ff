package io.roomrouting.socketio;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.roomrouting.socketio.engine.EncodedPacket;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets (Socket.IO 5, section "Packet encoding"), without whitespace. Arguments that are or hold bytes make an
 * event or an acknowledgement a binary one. Thread-safe; does not block.
 */
final class SocketPacketEncoder {

    private static final String MAIN_NAMESPACE = "/";

    private final ObjectWriter writer;
    private final int maxAttachments;

    SocketPacketEncoder(ObjectMapper mapper, int maxAttachments) {
        this.writer = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
        this.maxAttachments = maxAttachments;
    }

    /** Welcomes a client to a namespace, under its public name there. */
    EncodedMessage connect(String namespace, String socketId) {
        return text(PacketType.CONNECT, namespace, "{\"sid\":" + json(socketId) + "}");
    }

    /** Welcomes a client that is told a secret to come back with. */
    EncodedMessage connect(String namespace, String socketId, String secret) {
        String payload = "{\"sid\":" + json(socketId) + ",\"pid\":" + json(secret) + "}";
        return text(PacketType.CONNECT, namespace, payload);
    }

    /** Refuses a client; the official clients make an error of the field {@code message}. */
    EncodedMessage connectError(String namespace, String message, @Nullable Object data) {
        String payload = "{\"message\":" + json(message) + (data == null ? "" : ",\"data\":" + json(data)) + "}";
        return text(PacketType.CONNECT_ERROR, namespace, payload);
    }

    EncodedMessage disconnect(String namespace) {
        return text(PacketType.DISCONNECT, namespace, "");
    }

    EncodedMessage event(String namespace, String name, List<?> arguments, long ackId) {
        List<@Nullable Object> items = new ArrayList<>(arguments.size() + 1);
        items.add(EventNames.require(name));
        items.addAll(arguments);
        return message(PacketType.EVENT, PacketType.BINARY_EVENT, namespace, ackId, items);
    }

    /** Writes an event that clients remember by its last argument. */
    EncodedMessage event(String namespace, String name, List<?> arguments, String offset) {
        List<@Nullable Object> all = new ArrayList<>(arguments);
        all.add(offset);
        return new EncodedMessage(
                event(namespace, name, all, SocketPacket.NO_ACK).packets(), Optional.of(offset));
    }

    EncodedMessage ack(String namespace, long ackId, List<?> arguments) {
        return message(PacketType.ACK, PacketType.BINARY_ACK, namespace, ackId, arguments);
    }

    private EncodedMessage message(PacketType plain, PacketType binary, String namespace, long ackId, List<?> items) {
        StringWriter json = new StringWriter();
        List<byte[]> attachments = write(json, items);
        boolean isPlain = attachments.isEmpty();
        String type = isPlain ? "" + plain.digit() : binary.digit() + "" + attachments.size() + "-";
        String id = ackId == SocketPacket.NO_ACK ? "" : Long.toString(ackId);
        List<EncodedPacket> packets = new ArrayList<>(attachments.size() + 1);
        packets.add(EncodedPacket.message(type + prefix(namespace) + id + json));
        attachments.forEach(attachment -> packets.add(EncodedPacket.message(attachment)));
        return new EncodedMessage(packets);
    }

    private static EncodedMessage text(PacketType type, String namespace, String payload) {
        return new EncodedMessage(List.of(EncodedPacket.message(type.digit() + prefix(namespace) + payload)));
    }

    private static String prefix(String namespace) {
        return namespace.equals(MAIN_NAMESPACE) ? "" : namespace + ",";
    }

    private List<byte[]> write(StringWriter json, @Nullable Object value) {
        try (JsonGenerator plain = writer.createGenerator(json)) {
            AttachmentGenerator generator = new AttachmentGenerator(plain, maxAttachments);
            writer.writeValue(generator, value);
            return generator.attachments();
        } catch (IOException e) {
            throw new IllegalArgumentException("a value that cannot be written as JSON", e);
        }
    }

    private String json(Object value) {
        StringWriter json = new StringWriter();
        write(json, value);
        return json.toString();
    }
}
