package io.roomrouting.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;

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

    @Override
    public boolean isNull() {
        return value.isNull() || value.isMissingNode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
