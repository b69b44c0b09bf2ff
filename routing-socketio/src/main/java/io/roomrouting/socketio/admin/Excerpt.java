package io.roomrouting.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The beginning of what an event says, copied: 100 values and 2,000 characters of it, with dots in the place of the rest,
 * and the number of bytes in the place of bytes.
 */
final class Excerpt {

    static final int MOST_VALUES = 100;
    static final int MOST_CHARACTERS = 2_000;

    private static final TextNode DOTS = TextNode.valueOf("…");

    private int values = MOST_VALUES;
    private int characters = MOST_CHARACTERS;

    private Excerpt() {}

    static List<JsonNode> of(Iterable<JsonNode> arguments) {
        Excerpt excerpt = new Excerpt();
        List<JsonNode> copies = new ArrayList<>();
        for (JsonNode argument : arguments) {
            copies.add(excerpt.copy(argument));
            if (excerpt.isFull()) {
                break;
            }
        }
        return copies;
    }

    private JsonNode copy(JsonNode node) {
        if (isFull()) {
            return DOTS;
        }
        values--;
        if (node instanceof ArrayNode array) {
            return copy(array);
        }
        if (node instanceof ObjectNode object) {
            return copy(object);
        }
        if (node instanceof BinaryNode bytes) {
            return TextNode.valueOf("(" + bytes.binaryValue().length + " bytes)");
        }
        // Numbers are short, as they are read with a bound.
        return node.isTextual() ? TextNode.valueOf(cut(node.textValue())) : node;
    }

    private ArrayNode copy(ArrayNode array) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            copy.add(copy(element));
            if (isFull()) {
                break;
            }
        }
        return copy;
    }

    private ObjectNode copy(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            copy.set(cut(field.getKey()), copy(field.getValue()));
            if (isFull()) {
                break;
            }
        }
        return copy;
    }

    private boolean isFull() {
        return values <= 0 || characters <= 0;
    }

    private String cut(String text) {
        int kept = Math.min(text.length(), characters);
        characters -= kept;
        return kept == text.length() ? text : text.substring(0, kept) + "…";
    }
}
