package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A packet of Socket.IO 5 that came in, complete with its attachments, which stand as binary nodes where the client had
 * written placeholders. A binary event is an event here, and a binary acknowledgement an acknowledgement.
 */
sealed interface SocketPacket {

    /** The sender asks for no acknowledgement. */
    long NO_ACK = -1;

    /** Returns the namespace that it belongs to; begins with a slash. */
    String namespace();

    /**
     * {@code 0}: the client wants to enter a namespace.
     *
     * @param auth what it shows for that; empty if it showed nothing
     */
    record Connect(String namespace, Optional<ObjectNode> auth) implements SocketPacket {

        /** Keeps credentials out of logs. */
        @Override
        public String toString() {
            return "Connect[namespace=" + namespace + ", auth=***]";
        }
    }

    /** {@code 1}: the client leaves a namespace. */
    record Disconnect(String namespace) implements SocketPacket {}

    /**
     * {@code 2} and {@code 5}: something that the client says.
     *
     * @param name not empty and not reserved; a number in its decimal form
     * @param arguments what followed the name
     * @param ackId the number of the acknowledgement that the client asks for, or {@link #NO_ACK}
     */
    record Event(String namespace, String name, List<JsonNode> arguments, long ackId) implements SocketPacket {
        /** Copies the arguments. */
        public Event {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code 3} and {@code 6}: the answer to an event of the server.
     *
     * @param ackId the event's number
     * @param arguments the answer
     */
    record Ack(String namespace, long ackId, List<JsonNode> arguments) implements SocketPacket {
        /** Copies the arguments. */
        public Ack {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code 4}: a refusal of a namespace, which only a server may send.
     *
     * @param reason a string or an object
     */
    record ConnectError(String namespace, JsonNode reason) implements SocketPacket {}
}
