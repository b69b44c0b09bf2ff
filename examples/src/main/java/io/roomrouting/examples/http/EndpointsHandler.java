package io.roomrouting.examples.http;

import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves a handful of fixed paths, and leaves every other one to the next handler. Never blocks. */
public final class EndpointsHandler extends Handler.Abstract.NonBlocking {

    private final Map<String, Endpoint> endpoints;
    private final RefusalStyle style;

    /**
     * Makes the handler.
     *
     * @param endpoints by path
     * @param style how errors are told
     */
    public EndpointsHandler(Map<String, Endpoint> endpoints, RefusalStyle style) {
        this.endpoints = Map.copyOf(endpoints);
        this.style = style;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Endpoint endpoint = endpoints.get(Request.getPathInContext(request));
        if (endpoint == null) {
            return false;
        }
        ApiExchange exchange = new ApiExchange(request, response, callback, style);
        if (exchange.takes(endpoint.method())) {
            exchange.attempt(() -> endpoint.action().accept(exchange));
        }
        return true;
    }
}
