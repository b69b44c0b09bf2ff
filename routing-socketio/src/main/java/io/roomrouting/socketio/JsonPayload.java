package io.roomrouting.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import java.util.Map;

/** One argument of an event; an attachment reads as {@code byte[]}, also within a record. */
final class JsonPayload implements Payload {

    private final ObjectMapper mapper;
    private final JsonNode value;

    JsonPayload(ObjectMapper mapper, JsonNode value) {
        this.mapper = mapper;
        this.value = value;
    }

    @Override
    public <T> T as(Class<T> type) {
        if (isNull()) {
            throw RoutingException.invalid("data is missing");
        }
        try {
            return mapper.treeToValue(value, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Jackson's own words name classes and quote what came in.
            throw RoutingException.invalid("data is not of the expected form", e);
        }
    }

    /** Returns about how much memory it takes: its characters and bytes, and 16 for each value. */
    long weight() {
        return weight(value);
    }

    private static long weight(JsonNode node) {
        long own = 16;
        if (node instanceof TextNode text) {
            own += text.textValue().length();
        } else if (node instanceof BinaryNode bytes) {
            own += bytes.binaryValue().length;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            own += field.getKey().length();
        }
        // The depth was bounded when it was read.
        for (JsonNode child : node) {
            own += weight(child);
        }
        return own;
    }

    @Override
    public boolean isNull() {
        return value.isNull() || value.isMissingNode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
