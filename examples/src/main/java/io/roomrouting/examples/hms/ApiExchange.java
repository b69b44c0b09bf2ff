package io.roomrouting.examples.hms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.hms.HmsException;
import io.roomrouting.jetty.RequestBodies;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and the way to answer it. Answered exactly once, from any thread; nothing here blocks. */
record ApiExchange(Request request, Response response, Callback callback) {

    private static final Logger LOG = LoggerFactory.getLogger(ApiExchange.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY = 64 * 1024;
    private static final String BEARER = "Bearer ";

    /** Runs a step that ends in an answer or throws; what it throws becomes the answer. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RoutingException e) {
            LOG.debug("{} {} is refused", request.getMethod(), path(), e);
            refuse(ApiError.of(e));
        } catch (HmsException e) {
            if (!(e instanceof HmsException.Refused)) {
                LOG.warn("{} {} failed at 100ms: {}", request.getMethod(), path(), e.getMessage());
            }
            refuse(ApiError.of(e));
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", request.getMethod(), path(), e);
            refuse(ApiError.internal());
        }
    }

    /** Whether the request is the one that its path takes. If not, or if it only asks, it is answered. */
    boolean takes(String method) {
        String allowed = method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
        String asked = request.getMethod();
        if (asked.equals("OPTIONS")) {
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            send(HttpStatus.NO_CONTENT_204, Map.of());
            return false;
        }
        if (asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"))) {
            return true;
        }
        refuse(ApiError.methodNotAllowed(allowed));
        return false;
    }

    /**
     * Returns what the client presents as its credentials.
     *
     * @throws RoutingException.Unauthenticated if it presents none
     */
    String bearerToken() {
        String value = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw RoutingException.unauthenticated("This needs a bearer token");
        }
        return value.substring(BEARER.length()).strip();
    }

    /** Reads the body, up to 64 KiB, and goes on with it on whatever thread has the end of it. */
    void readBody(Consumer<byte[]> then) {
        RequestBodies.read(
                request,
                MAX_BODY,
                body -> attempt(() -> then.accept(body)),
                status -> refuse(ApiError.invalid(status, unreadable(status))));
    }

    /**
     * Lets an empty body pass, and one that says that it is JSON.
     *
     * @return whether it may be read; otherwise the request is answered
     */
    boolean isJson(byte[] body) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (body.length == 0 || type == null) {
            return true;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).replace("\"", "").split(";", -1);
        String media = parts[0].strip();
        boolean json =
                media.equals("application/json") || (media.startsWith("application/") && media.endsWith("+json"));
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            refuse(ApiError.invalid(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "The body must be application/json in UTF-8"));
        }
        return json;
    }

    void succeed(Map<String, Object> members) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", true);
        body.putAll(members);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        send(HttpStatus.OK_200, body);
    }

    void refuse(ApiError error) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        error.headers().forEach(response.getHeaders()::put);
        RequestBodies.discard(request, response, () -> send(error.status(), error.body()));
    }

    private void send(int status, Map<String, Object> body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean bodiless =
                status == HttpStatus.NO_CONTENT_204 || request.getMethod().equals("HEAD");
        response.write(true, bodiless ? null : ByteBuffer.wrap(write(body)), callback);
    }

    private static byte[] write(Map<String, Object> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text can be written", e);
        }
    }

    private static String unreadable(int status) {
        return status == HttpStatus.PAYLOAD_TOO_LARGE_413
                ? "The body is larger than 64 KiB"
                : "The body did not arrive whole and in time";
    }

    /** As it came, still encoded, so that it cannot break a log line; without the query. */
    private String path() {
        return request.getHttpURI().getPath();
    }
}
