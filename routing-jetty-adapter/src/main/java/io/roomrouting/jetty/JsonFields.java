package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of a JSON object, each of which must be there and of the type that is asked for; otherwise the body is an
 * {@link RoutingException.InvalidRequest}.
 */
record JsonFields(JsonNode json) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static JsonFields of(byte[] body) {
        try {
            return new JsonFields(MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            throw RoutingException.invalid("The body is not valid JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return json.has(name);
    }

    String text(String name) {
        JsonNode value = json.path(name);
        require(value.isTextual(), name);
        return value.textValue();
    }

    long number(String name) {
        JsonNode value = json.path(name);
        require(value.isIntegralNumber() && value.canConvertToLong(), name);
        return value.longValue();
    }

    int smallNumber(String name) {
        JsonNode value = json.path(name);
        require(value.isIntegralNumber() && value.canConvertToInt(), name);
        return value.intValue();
    }

    boolean flag(String name) {
        JsonNode value = json.path(name);
        require(value.isBoolean(), name);
        return value.booleanValue();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw RoutingException.invalid("The field " + name + " has an unknown value", e);
        }
    }

    Map<String, String> texts(String name) {
        JsonNode object = json.path(name);
        require(object.isObject(), name);
        JsonFields entries = new JsonFields(object);
        Map<String, String> texts = new HashMap<>();
        object.fieldNames().forEachRemaining(key -> texts.put(key, entries.text(key)));
        return texts;
    }

    <T> List<T> list(String name, Function<JsonFields, T> reader) {
        JsonNode array = json.path(name);
        require(array.isArray(), name);
        List<T> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(reader.apply(new JsonFields(element))));
        return list;
    }

    private static void require(boolean fits, String name) {
        if (!fits) {
            throw RoutingException.invalid("The field " + name + " is missing or not of its type");
        }
    }
}
