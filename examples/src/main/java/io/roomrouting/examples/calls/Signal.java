package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.jackson.JacksonPayloadCodec;

/**
 * An offer, an answer or a candidate: something that one browser tells the other and that nobody here understands.
 *
 * @param value any JSON
 * @param bytes how long it is as JSON in UTF-8, without blanks
 */
record Signal(JsonNode value, int bytes) {

    static final int MAX_BYTES = 64 * 1024;

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    static Signal of(JsonNode value) {
        return new Signal(value, JSON.encode(value).length);
    }

    boolean isTooLarge() {
        return bytes > MAX_BYTES;
    }
}
