package io.roomrouting.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.io.IOException;

/**
 * Reads JSON (RFC 8259) from strangers into a tree. Nesting is limited to 100, numbers to 100 digits, field names to 1,024
 * characters and the whole to 100,000 tokens, so that a tree is not many times as large as its text; the length of the
 * text is limited by the transport. Field names are not interned, because strangers choose them.
 */
final class BoundedJson {

    private static final ObjectMapper TREES = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxNameLength(1_024)
                    .maxTokenCount(100_000)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());

    private BoundedJson() {}

    /**
     * Reads exactly one value.
     *
     * @throws ProtocolViolation if it is not JSON, or over a bound
     */
    static JsonNode read(String text) throws ProtocolViolation {
        try (JsonParser parser = TREES.createParser(text)) {
            JsonNode value = TREES.readTree(parser);
            if (value == null || parser.nextToken() != null) {
                throw new ProtocolViolation("a packet that does not hold one JSON value");
            }
            return value;
        } catch (IOException malformed) {
            throw new ProtocolViolation("JSON that is malformed or over a bound");
        }
    }
}
