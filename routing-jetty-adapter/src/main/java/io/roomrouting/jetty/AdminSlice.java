package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.RoutingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * The part of a list that is asked for.
 *
 * @param limit how many entries at most
 * @param after the name of the last entry that is known; empty for the beginning
 */
record AdminSlice(int limit, Optional<String> after) {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /** Reads {@code limit} and {@code after}, each at most once. */
    static AdminSlice of(Request request) {
        Fields fields = Request.extractQueryParameters(request);
        int limit = once(fields, "limit").map(AdminSlice::limit).orElse(USUAL);
        return new AdminSlice(limit, once(fields, "after"));
    }

    /**
     * Writes it, how many there are in all, and, if there is more, where to go on.
     *
     * @param entries all of them, in the order of their names
     */
    <T> ObjectNode write(String field, List<T> entries, Function<T, String> name, Function<T, ObjectNode> json) {
        List<T> left = after.map(last -> entries.stream()
                        .filter(entry -> name.apply(entry).compareTo(last) > 0)
                        .toList())
                .orElse(entries);
        List<T> part = left.subList(0, Math.min(limit, left.size()));
        ObjectNode data = AdminJson.object();
        ArrayNode array = data.putArray(field);
        part.forEach(entry -> array.add(json.apply(entry)));
        data.put("total", entries.size());
        if (part.size() < left.size()) {
            data.put("next", name.apply(part.get(part.size() - 1)));
        }
        return data;
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw RoutingException.invalid("limit is a whole number", e);
        }
        throw RoutingException.invalid("limit is 1 to " + MOST);
    }

    private static Optional<String> once(Fields fields, String name) {
        List<String> values = fields.getValuesOrEmpty(name);
        if (values.size() > 1) {
            throw RoutingException.invalid(name + " is given more than once");
        }
        return values.stream().findFirst();
    }
}
