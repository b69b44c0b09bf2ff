package io.roomrouting.jetty;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Which web pages may use Socket.IO: the CORS protocol for polling, and the origin of those that open a WebSocket. */
final class SocketIoCors {

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
    private static final HttpField CREDENTIALS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    private static final HttpField METHODS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,PUT,PATCH,POST,DELETE");

    private final AllowedOrigins origins;

    SocketIoCors(AllowedOrigins origins) {
        this.origins = origins;
    }

    /**
     * Adds what a browser asks for, the same as the reference implementation does. Without any allowed origin nothing is
     * added.
     *
     * @return true if the request was a browser's question and is answered
     */
    boolean apply(Exchange exchange) {
        if (origins.isEmpty()) {
            return false;
        }
        HttpFields.Mutable headers = exchange.response().getHeaders();
        String origin = exchange.request().getHeaders().get(HttpHeader.ORIGIN);
        headers.add(VARY).add(CREDENTIALS);
        if (origin != null && origins.allow(origin)) {
            headers.add(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        if (!HttpMethod.OPTIONS.is(exchange.request().getMethod())) {
            return false;
        }
        headers.add(METHODS);
        String asked = exchange.request().getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null) {
            headers.add(HttpHeader.VARY, "Access-Control-Request-Headers");
            headers.add(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
        headers.put(HttpHeader.CONTENT_LENGTH, 0);
        Leftovers.discard(
                exchange.request(), exchange.response(), () -> exchange.send(HttpStatus.NO_CONTENT_204, new byte[0]));
        return true;
    }

    /**
     * Says whether a WebSocket may be opened: CORS does not protect WebSockets. Programs that are no browsers name no
     * origin; a page of the server's own names the host that it asks.
     */
    boolean mayOpenWebSocket(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin == null
                || origins.allow(origin)
                || isOwnPage(origin, request.getHeaders().get(HttpHeader.HOST));
    }

    static boolean isOwnPage(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
}
