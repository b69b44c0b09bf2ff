package io.roomrouting.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;

/** The bounds and the strictness of what comes in from strangers. */
final class StrictJson {

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(100)
            .maxNumberLength(100)
            .maxNameLength(1_024)
            .maxStringLength(1_000_000)
            .build();

    private StrictJson() {}

    /**
     * Makes a factory whose parsers read UTF-8 and nothing else. Without that, zero bytes at the front would make
     * Jackson guess UTF-16. Field names are not interned, because strangers choose them.
     */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(BOUNDS)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // Otherwise an emoji is written as two escapes, twelve bytes in the place of four.
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
    }

    static JsonMapper.Builder mapper() {
        return JsonMapper.builder(factory())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(vocabulary());
    }

    private static SimpleModule vocabulary() {
        return new SimpleModule("room-routing")
                .addSerializer(RoomId.class, ToStringSerializer.instance)
                .addSerializer(UserId.class, ToStringSerializer.instance)
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(RoomId.class, new OfText<>(RoomId.class, RoomId::of))
                .addDeserializer(UserId.class, new OfText<>(UserId.class, UserId::of))
                .addDeserializer(Instant.class, new OfText<>(Instant.class, Instant::parse));
    }

    /** The constructor from text of a type; serializable because Jackson's deserializers are. */
    private interface TextParser<T> extends Serializable {
        T parse(String text);
    }

    /** Reads a value from a JSON string, and only from that. */
    private static final class OfText<T> extends StdDeserializer<T> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final TextParser<T> parser;

        OfText(Class<T> type, TextParser<T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw MismatchedInputException.from(json, String.class, "not a string");
            }
            try {
                return parser.parse(json.getText());
            } catch (RoutingException | DateTimeException e) {
                throw JsonMappingException.from(json, "not the text of a value", e);
            }
        }
    }
}
