package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.Set;

/**
 * Which names an event may have: any but the empty one and those that the official libraries keep for themselves (Socket.IO
 * 5, section "EVENT"; the list is the one of the reference parser). A number is a name too, as in the reference parser.
 */
final class EventNames {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    static String read(JsonNode name) throws ProtocolViolation {
        if (!name.isTextual() && !name.isNumber()) {
            throw new ProtocolViolation("an event without a name");
        }
        String text = name.asText();
        if (!isAllowed(text)) {
            throw new ProtocolViolation("an event with an empty or reserved name");
        }
        return text;
    }

    /** Returns a name of our own that is as it should be. */
    static String require(String name) {
        if (!isAllowed(name)) {
            throw new IllegalArgumentException("event name is empty or reserved by Socket.IO: '" + name + "'");
        }
        return name;
    }

    private static boolean isAllowed(String name) {
        return !name.isEmpty() && !RESERVED.contains(name);
    }
}
