package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages of the {@link AllowedOrigins} use the handlers behind it from a browser, credentials included (the CORS
 * protocol of the Fetch standard). Never blocks.
 *
 * <p>A pre-flight of a listed origin is answered 204, one of any other origin 403. A request of a foreign page goes
 * through without the headers that would let the page read the answer: it may as well be the server's own page, whose
 * requests carry an origin too.
 */
public final class CorsHandler extends Handler.Wrapper {

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
    private static final HttpField CREDENTIALS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    private static final HttpField EXPOSED = new PreEncodedHttpField(
            HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, WWW-Authenticate, X-Request-Id");
    private static final HttpField METHODS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE");
    private static final HttpField REQUEST_HEADERS = new PreEncodedHttpField(
            HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, X-Request-Id, traceparent");
    private static final HttpField MAX_AGE = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_MAX_AGE, "3600");

    private final AllowedOrigins origins;

    /**
     * Makes the handler.
     *
     * @param origins who may
     * @param next what they may use
     */
    public CorsHandler(AllowedOrigins origins, Handler next) {
        super(next);
        this.origins = origins;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!origins.isEmpty()) {
            response.getHeaders().add(VARY);
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null) {
            return super.handle(request, response, callback);
        }
        boolean allowed = origins.allow(origin);
        if (allowed) {
            HttpFields.Mutable headers = response.getHeaders();
            headers.add(new HttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin));
            headers.add(CREDENTIALS);
        }
        if (isPreflight(request)) {
            answerPreflight(new Exchange(request, response, callback), allowed);
            return true;
        }
        if (allowed) {
            response.getHeaders().add(EXPOSED);
        }
        return super.handle(request, response, callback);
    }

    private static boolean isPreflight(Request request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static void answerPreflight(Exchange exchange, boolean allowed) {
        if (allowed) {
            exchange.response().getHeaders().add(METHODS).add(REQUEST_HEADERS).add(MAX_AGE);
            exchange.send(HttpStatus.NO_CONTENT_204, new byte[0]);
        } else {
            exchange.refuse(new Problem(
                    HttpStatus.FORBIDDEN_403, ErrorCode.FORBIDDEN, "This origin is not allowed here", List.of()));
        }
    }
}
