package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.List;
import java.util.Map;

/**
 * Puts attachments where their placeholders {@code {"_placeholder":true,"num":0}} stand (Socket.IO 5, section "Packet
 * encoding"). An attachment may be named twice, or not at all; a number that no attachment has is refused.
 */
final class Placeholders {

    private final List<BinaryNode> attachments;

    private Placeholders(List<BinaryNode> attachments) {
        this.attachments = attachments;
    }

    /** Replaces the placeholders within an array, in place; the depth was bounded when it was read. */
    static void fill(ArrayNode array, List<byte[]> attachments) throws ProtocolViolation {
        new Placeholders(attachments.stream().map(BinaryNode::valueOf).toList()).inside(array);
    }

    private void inside(JsonNode node) throws ProtocolViolation {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(replaced(field.getValue()));
            }
        }
    }

    private JsonNode replaced(JsonNode node) throws ProtocolViolation {
        if (node.path("_placeholder").isBoolean() && node.path("_placeholder").booleanValue()) {
            return attachment(node.path("num"));
        }
        inside(node);
        return node;
    }

    private BinaryNode attachment(JsonNode number) throws ProtocolViolation {
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
            throw new ProtocolViolation("a placeholder for an attachment that is not there");
        }
        return attachments.get(number.intValue());
    }
}
