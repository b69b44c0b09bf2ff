package io.roomrouting.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Payloads as JSON (RFC 8259), UTF-8: records, plain classes, collections, maps, strings, numbers, enums, Jackson's own
 * tree. Thread-safe; does not block.
 *
 * <p>With the {@link #mapper() standard mapper} an incoming value fits a type only if nothing has to be bent: a number
 * is not a string, {@code 1.5} is not an {@code int}, a record's primitive component must be there. Unknown fields are
 * passed over, so that a newer client can talk to an older room. Nesting is limited to 100, numbers to 100 digits,
 * field names to 1,024 characters and strings to 1,000,000. {@link java.time.Instant} is ISO-8601 text, and room and user ids are
 * plain strings.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

    private final ObjectMapper mapper;
    private final JsonFactory parsers;
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** Makes a codec with the {@link #mapper() standard mapper}. */
    public JacksonPayloadCodec() {
        this(mapper().build());
    }

    /**
     * Makes a codec with another mapper.
     *
     * @param mapper for example {@code JacksonPayloadCodec.mapper().addModule(…).build()}; not to be changed afterwards
     */
    public JacksonPayloadCodec(ObjectMapper mapper) {
        this.mapper = mapper;
        this.parsers = mapper.getFactory();
    }

    /**
     * Returns the standard mapper, to be extended by an application's own modules.
     *
     * @return a new builder
     */
    public static JsonMapper.Builder mapper() {
        return StrictJson.mapper();
    }

    @Override
    public byte[] encode(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The value cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Payload decode(byte[] text) {
        try (JsonParser parser = parsers.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw RoutingException.invalid("not JSON: the text is empty");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw RoutingException.invalid("not JSON: there is something behind the value");
            }
            return decoded(text, first == JsonToken.VALUE_NULL);
        } catch (IOException e) {
            throw Mismatch.malformed("the value", e);
        }
    }

    /** Makes a payload of a text that is known to be one JSON value. */
    Payload decoded(byte[] text, boolean isNull) {
        return new JacksonPayload(this, text, isNull);
    }

    ObjectReader readerOf(Class<?> type) {
        ObjectReader known = readers.get(type);
        return known != null ? known : readers.computeIfAbsent(type, mapper::readerFor);
    }
}
