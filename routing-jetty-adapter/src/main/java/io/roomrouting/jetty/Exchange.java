package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
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
 * @param problems writes an error as JSON
 */
record Exchange(Request request, Response response, Callback callback, Function<Problem, byte[]> problems) {

    static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final String SCHEME = "Bearer ";

    /** An exchange whose errors are {@linkplain Problem#json() plain problem details}. */
    Exchange(Request request, Response response, Callback callback) {
        this(request, response, callback, Problem::json);
    }

    /** Runs a step that ends in an answer or throws; what it throws becomes the answer. */
    void attempt(Runnable step) {
        CorrelationHandler.during(request, () -> attemptNamed(step));
    }

    private void attemptNamed(Runnable step) {
        try {
            step.run();
        } catch (RoutingException e) {
            LOG.debug("{} {} is refused", request.getMethod(), path(), e);
            refuse(Problem.of(e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        if (e instanceof HttpException malformed) {
            refuse(Problem.invalid(malformed.getCode(), "The request could not be read"));
        } else {
            LOG.error("{} {} failed", request.getMethod(), path(), e);
            refuse(Problem.internal());
        }
    }

    /**
     * Says whether the request's method is among those of its path. If not, or if it only asks which they are, the
     * request is answered.
     */
    boolean takes(Methods methods) {
        String method = request.getMethod();
        if (!methods.contain(method)) {
            refuse(Problem.methodNotAllowed(methods.allow()));
            return false;
        }
        if (method.equals("OPTIONS")) {
            response.getHeaders().add(methods.allow());
            send(HttpStatus.NO_CONTENT_204, new byte[0]);
            return false;
        }
        return true;
    }

    /**
     * Returns what the client presents as its credentials.
     *
     * @throws RoutingException.Unauthenticated if it presents none
     */
    String bearerToken() {
        return bearerToken(request).orElseThrow(() -> RoutingException.unauthenticated("This needs a bearer token"));
    }

    /** Returns what a request presents as its bearer token. */
    static Optional<String> bearerToken(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** Reads the body, up to 64 KiB, and goes on with it. */
    void readBody(Consumer<byte[]> then) {
        RequestBody.read(request, MAX_BODY, body -> attempt(() -> then.accept(body)), this::refuse);
    }

    /** Reads a body that is JSON or empty, and goes on with it. */
    void readJson(Consumer<byte[]> then) {
        readBody(body -> {
            if (body.length > 0 && !MediaType.isJson(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
                refuse(Problem.invalid(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "The body must be application/json in UTF-8"));
            } else {
                then.accept(body);
            }
        });
    }

    /** Answers 200 with JSON that is nobody else's to keep. */
    void answer(byte[] json) {
        answer(HttpStatus.OK_200, json);
    }

    /** Answers with JSON that is nobody else's to keep. */
    void answer(int status, byte[] json) {
        response.getHeaders().add(JSON).add(NO_STORE);
        send(status, json);
    }

    /** Answers with an error. */
    void refuse(Problem problem) {
        response.getHeaders().add(Problem.CONTENT_TYPE).add(NO_STORE);
        problem.headers().forEach(response.getHeaders()::add);
        Leftovers.discard(request, response, () -> send(problem.status(), problems.apply(problem)));
    }

    /** Answers with the headers that are set. The body is only measured where there shall be none. */
    void send(int status, byte[] body) {
        response.setStatus(status);
        if (status != HttpStatus.NO_CONTENT_204) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        boolean bodiless = status == HttpStatus.NOT_MODIFIED_304
                || status == HttpStatus.NO_CONTENT_204
                || request.getMethod().equals("HEAD");
        response.write(true, bodiless ? null : ByteBuffer.wrap(body), callback);
    }

    /** As it came, still encoded, so that it cannot break a log line; without the query, which may hold a secret. */
    private String path() {
        return request.getHttpURI().getPath();
    }
}
