package io.roomrouting.jetty;

import io.roomrouting.TimeSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /health} says that the process answers, {@code GET /ready} that it can do its work: 200
 * {@code {"status":"ok","timestamp":"…"}} with the time in ISO 8601, or a problem, usually 503, that says why not. Never
 * blocks the thread that calls it.
 */
public final class HealthHandler extends Handler.Abstract.NonBlocking {

    private static final int MOST_CHECKS = 16;

    private final ReadinessCheck readiness;
    private final TimeSource time;
    private final BlockingCalls checks = new BlockingCalls(MOST_CHECKS);

    /**
     * Makes the handler.
     *
     * @param readiness what {@code /ready} asks
     * @param time the time that is told
     */
    public HealthHandler(ReadinessCheck readiness, TimeSource time) {
        this.readiness = readiness;
        this.time = time;
        addBean(checks);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        boolean asksReadiness = path.equals("/ready");
        if (!asksReadiness && !path.equals("/health")) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.GET)) {
            if (asksReadiness) {
                checks.run(exchange, () -> {
                    readiness.check();
                    answer(exchange);
                });
            } else {
                answer(exchange);
            }
        }
        return true;
    }

    private void answer(Exchange exchange) {
        exchange.answer(new JsonText()
                .put("status", "ok")
                .put("timestamp", time.now().toString())
                .bytes());
    }
}
