package io.roomrouting.jetty;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoutingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Reads the query of a list: {@code type}, {@code region}, {@code maxClients}, {@code metadata.KEY}, {@code freeSeats},
 * {@code cursor} and {@code limit}, each at most once. Other parameters are passed over.
 */
final class LobbyRequest {

    private static final int DEFAULT_LIMIT = 50;
    private static final String METADATA = "metadata.";

    private LobbyRequest() {}

    static RoomQuery query(Request request) {
        Fields fields = Request.extractQueryParameters(request);
        Map<String, String> metadata = new HashMap<>();
        for (Fields.Field field : fields) {
            if (field.getName().startsWith(METADATA)) {
                metadata.put(field.getName().substring(METADATA.length()), once(field));
            }
        }
        RoomFilter filter =
                new RoomFilter(text(fields, "type"), text(fields, "region"), number(fields, "maxClients"), metadata);
        return new RoomQuery(
                filter,
                number(fields, "freeSeats").orElse(1),
                text(fields, "cursor").map(RoomId::of),
                number(fields, "limit").orElse(DEFAULT_LIMIT));
    }

    private static Optional<String> text(Fields fields, String name) {
        Fields.Field field = fields.get(name);
        return field == null ? Optional.empty() : Optional.of(once(field));
    }

    private static OptionalInt number(Fields fields, String name) {
        Optional<String> text = text(fields, name);
        try {
            return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            throw RoutingException.invalid(name + " must be a whole number", e);
        }
    }

    private static String once(Fields.Field field) {
        if (field.getValues().size() > 1) {
            throw RoutingException.invalid("a parameter is given more than once");
        }
        return field.getValue();
    }
}
