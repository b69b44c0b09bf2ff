package io.roomrouting.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.roomrouting.session.Payload;

/** Reads arguments as they are. */
final class JsonArguments {

    private JsonArguments() {}

    static JsonNode node(Payload argument) {
        return argument.isNull() ? NullNode.instance : argument.as(JsonNode.class);
    }
}
