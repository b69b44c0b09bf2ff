package io.roomrouting.examples.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.jetty.CorrelationHandler;
import io.roomrouting.jetty.RequestBodies;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and the way to answer it. Answered exactly once, from any thread; nothing here blocks.
 *
 * @param request the request
 * @param response its response
 * @param callback completed by the answer
 * @param style how errors are told
 */
public record ApiExchange(Request request, Response response, Callback callback, RefusalStyle style) {

    private static final Logger LOG = LoggerFactory.getLogger(ApiExchange.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY = 64 * 1024;
    private static final String BEARER = "Bearer ";

    /**
     * Runs a step that ends in an answer or throws; what it throws becomes the answer.
     *
     * @param step what to do
     */
    public void attempt(Runnable step) {
        CorrelationHandler.during(request, () -> attemptNamed(step));
    }

    private void attemptNamed(Runnable step) {
        try {
            step.run();
        } catch (RoutingException e) {
            LOG.debug("{} {} is refused", request.getMethod(), path(), e);
            refuse(Refusal.of(e));
        } catch (RuntimeException e) {
            style.explain(e).or(() -> malformed(e)).ifPresentOrElse(this::refuse, () -> fail(e));
        } catch (Error e) {
            fail(e);
        }
    }

    /** What Jetty throws where a part of the request cannot be decoded. */
    private static Optional<Refusal> malformed(RuntimeException e) {
        return e instanceof HttpException http
                ? Optional.of(Refusal.invalid(http.getCode(), "The request could not be read"))
                : Optional.empty();
    }

    private void fail(Throwable fault) {
        LOG.error("{} {} failed", request.getMethod(), path(), fault);
        refuse(Refusal.internal());
    }

    /**
     * Says whether the request is the one that its path takes. If not, or if it only asks, it is answered.
     *
     * @param method {@code GET} takes {@code HEAD} as well
     * @return whether to go on
     */
    public boolean takes(String method) {
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
        refuse(Refusal.methodNotAllowed(allowed));
        return false;
    }

    /**
     * Returns what the client presents as its credentials.
     *
     * @return the token
     * @throws RoutingException.Unauthenticated if it presents none
     */
    public String bearerToken() {
        String value = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw RoutingException.unauthenticated("This needs a bearer token");
        }
        return value.substring(BEARER.length()).strip();
    }

    /**
     * Returns a parameter of the query.
     *
     * @param name its name
     * @return its value, decoded; empty if it is not there
     * @throws RoutingException.InvalidRequest if it is given more than once
     */
    public Optional<String> parameter(String name) {
        List<String> values = Request.extractQueryParameters(request).getValuesOrEmpty(name);
        if (values.size() > 1) {
            throw RoutingException.invalid(name + " is given more than once");
        }
        return values.stream().findFirst();
    }

    /**
     * Reads the body, up to 64 KiB, and goes on with it on whatever thread has the end of it.
     *
     * @param then gets the body
     */
    public void readBody(Consumer<byte[]> then) {
        RequestBodies.read(
                request,
                MAX_BODY,
                body -> attempt(() -> then.accept(body)),
                status -> refuse(Refusal.invalid(status, unreadable(status))));
    }

    /**
     * Reads a body that is JSON or empty, and goes on with its fields.
     *
     * @param then gets the fields
     */
    public void readJson(Consumer<JsonFields> then) {
        readBody(body -> {
            if (isJson(body)) {
                then.accept(JsonFields.in(body));
            }
        });
    }

    /**
     * Lets an empty body pass, and one that says that it is JSON.
     *
     * @param body the request's body
     * @return whether it may be read; otherwise the request is answered
     */
    public boolean isJson(byte[] body) {
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
            refuse(Refusal.invalid(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "The body must be application/json in UTF-8"));
        }
        return json;
    }

    /**
     * Answers 200.
     *
     * @param members of a JSON object, in their order
     */
    public void answer(Map<String, ?> members) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        send(HttpStatus.OK_200, members);
    }

    /**
     * Answers with an error.
     *
     * @param refusal what the client is told
     */
    public void refuse(Refusal refusal) {
        Map<String, Object> body = new LinkedHashMap<>(refusal.problem());
        body.putAll(style.envelope(refusal));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        refusal.headers().forEach(response.getHeaders()::put);
        RequestBodies.discard(request, response, () -> send(refusal.status(), body));
    }

    private void send(int status, Map<String, ?> body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean bodiless =
                status == HttpStatus.NO_CONTENT_204 || request.getMethod().equals("HEAD");
        response.write(true, bodiless ? null : ByteBuffer.wrap(write(body)), callback);
    }

    private static byte[] write(Map<String, ?> body) {
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
