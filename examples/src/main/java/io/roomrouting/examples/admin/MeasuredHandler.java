package io.roomrouting.examples.admin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes the time of every request that a handler answers, until its answer is written. */
final class MeasuredHandler extends Handler.Wrapper {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private final PathTemplates paths;
    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** What is counted apart; each part has few values. */
    private record Kind(String method, String path, int status) {}

    MeasuredHandler(Handler measured, PathTemplates paths, MeterRegistry registry) {
        super(measured);
        this.paths = paths;
        this.registry = registry;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, new Stopwatch(request, response, callback));
    }

    private Timer timer(Kind kind) {
        return timers.computeIfAbsent(
                kind,
                k -> Timer.builder("http.server.requests")
                        .description("How long requests took, until the answer was written")
                        .tag("method", k.method())
                        .tag("uri", k.path())
                        .tag("status", Integer.toString(k.status()))
                        .register(registry));
    }

    /** Runs from a request to the end of its answer; thrown away if the handler leaves the request to another. */
    private final class Stopwatch extends Callback.Nested {

        private final Request request;
        private final Response response;
        private final long start = System.nanoTime();

        Stopwatch(Request request, Response response, Callback callback) {
            super(callback);
            this.request = request;
            this.response = response;
        }

        @Override
        public void succeeded() {
            stop(response.getStatus());
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            stop(HttpStatus.INTERNAL_SERVER_ERROR_500);
            super.failed(failure);
        }

        private void stop(int status) {
            String method = METHODS.contains(request.getMethod()) ? request.getMethod() : PathTemplates.OTHER;
            timer(new Kind(method, paths.of(Request.getPathInContext(request)), status))
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
