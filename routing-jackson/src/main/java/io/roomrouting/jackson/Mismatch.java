package io.roomrouting.jackson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Says what is wrong with a client's JSON in words that may be shown to the client. Jackson's own messages name classes,
 * and quote what came in.
 */
final class Mismatch {

    private static final String A_NUMBER = "a number that fits";

    private Mismatch() {}

    /** Tells of a text that is no JSON at all, or is over a bound. */
    static RoutingException malformed(String what, IOException cause) {
        String detail =
                cause instanceof StreamConstraintsException ? "nested too deeply or a part is too long" : "not JSON";
        return RoutingException.invalid(what + " is " + detail + position(cause), cause);
    }

    /** Tells of a value that does not fit the type that the room asked for. */
    static RoutingException of(IOException cause) {
        if (!(cause instanceof JsonMappingException mapping)) {
            return cause instanceof InputCoercionException
                    ? RoutingException.invalid("data is not " + A_NUMBER, cause)
                    : malformed("data", cause);
        }
        String where = path(mapping);
        if (mapping.getCause() instanceof RoutingException.InvalidRequest refusal) {
            return RoutingException.invalid(where + ": " + refusal.getMessage(), cause);
        }
        if (mapping.getCause() instanceof InputCoercionException) {
            return RoutingException.invalid(where + " is not " + A_NUMBER, cause);
        }
        Class<?> wanted = mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (wanted != null) {
            return RoutingException.invalid(where + " is not " + kindOf(wanted), cause);
        }
        return RoutingException.invalid(where + " is not acceptable", cause);
    }

    private static String position(IOException cause) {
        return cause instanceof JsonProcessingException e && e.getLocation() != null
                ? ", near column " + e.getLocation().getColumnNr() + " of line "
                        + e.getLocation().getLineNr()
                : "";
    }

    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder("data");
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() != null) {
                path.append('.').append(step.getFieldName());
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String kindOf(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return A_NUMBER;
        }
        if (type.isEnum()) {
            return "one of the accepted names";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "of the expected form";
    }
}
