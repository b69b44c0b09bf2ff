package io.roomrouting.examples.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The fields of a request's body. Fields that nobody asks for do not count, {@code null} is the same as absent, and
 * whatever else is not as it should be is an {@link RoutingException.InvalidRequest}.
 */
public final class JsonFields {

    private static final int MAX_DEPTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads a body.
     *
     * @param body an empty one is an object without fields
     * @return its fields
     */
    public static JsonFields in(byte[] body) {
        if (body.length == 0) {
            return new JsonFields(MAPPER.createObjectNode());
        }
        try {
            // Jackson by itself accepts some sequences that are not UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode node = MAPPER.readTree(text);
            if (!node.isObject()) {
                throw RoutingException.invalid("The body must be a JSON object");
            }
            return new JsonFields(node);
        } catch (IOException e) {
            throw RoutingException.invalid(
                    "The body is not one valid JSON object in UTF-8, or nested too deeply, or names a field twice", e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name the field
     * @return its value, if there is one
     */
    public Optional<String> text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw RoutingException.invalid(name + " must be a string");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue())) {
            throw RoutingException.invalid(name + " holds half of a surrogate pair");
        }
        return Optional.of(value.textValue());
    }

    /**
     * Reads yes or no.
     *
     * @param name the field
     * @return its value, if there is one
     */
    public Optional<Boolean> flag(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw RoutingException.invalid(name + " must be true or false");
        }
        return Optional.of(value.booleanValue());
    }
}
