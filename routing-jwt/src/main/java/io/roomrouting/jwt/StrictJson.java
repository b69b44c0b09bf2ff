package io.roomrouting.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON objects as plain maps, lists, strings, longs and booleans. A repeated name is an error, as is anything after the
 * object; a number that is no long comes as another {@link Number}, and {@code null} as {@link #NULL}.
 */
final class StrictJson {

    /** Stands for JSON's {@code null}. */
    static final Object NULL = new Object();

    private static final int MAX_DEPTH = 16;

    /** A room ticket's members fit in without growing. */
    private static final int EXPECTED_MEMBERS = 32;

    /** Interning is off because names come from strangers. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private StrictJson() {}

    /** Reads one object; the exception's message may quote the text. */
    static Map<String, Object> read(byte[] utf8) throws IOException {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "not an object");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows the object");
            }
            return object;
        }
    }

    /** Writes one object, whose braces are added here. */
    static byte[] write(MembersWriter members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.writeStartObject();
            members.writeTo(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new HashMap<>(EXPECTED_MEMBERS);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (members.put(name, value(parser, parser.nextToken())) != null) {
                throw new JsonParseException(parser, "a name is repeated");
            }
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    private static Number integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }
}
