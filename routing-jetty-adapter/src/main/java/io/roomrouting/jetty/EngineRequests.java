package io.roomrouting.jetty;

import io.roomrouting.CorrelationId;
import io.roomrouting.socketio.engine.EngineRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Jetty's requests as those of Engine.IO. */
final class EngineRequests {

    /** What counts after the handshake; to gather all fields again for each poll would be for nothing. */
    private static final Set<String> COUNT_LATER = Set.of("content-type", "origin");

    private static final String REQUEST_ID = CorrelationId.REQUEST_HEADER.toLowerCase(Locale.ROOT);

    private EngineRequests() {}

    static EngineRequest of(Request request) {
        Map<String, String> query = query(request);
        return new EngineRequest(
                request.getMethod(), query, headers(request, query.containsKey("sid")), RemoteAddress.of(request));
    }

    /** A query that cannot be decoded is as good as none. */
    private static Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), String.valueOf(field.getValue()));
            }
        } catch (RuntimeException malformed) {
            query.clear();
        }
        return query;
    }

    private static Map<String, String> headers(Request request, boolean hasSession) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            if (!hasSession || COUNT_LATER.contains(name)) {
                headers.merge(name, field.getValue() == null ? "" : field.getValue(), (one, two) -> one + ", " + two);
            }
        }
        if (!hasSession) {
            CorrelationHandler.of(request).ifPresent(id -> headers.put(REQUEST_ID, id.value()));
        }
        return headers;
    }
}
