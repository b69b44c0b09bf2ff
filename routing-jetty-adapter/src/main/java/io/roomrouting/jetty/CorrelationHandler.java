package io.roomrouting.jetty;

import io.roomrouting.CorrelationId;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives every request for the handlers behind it a {@link CorrelationId}: the trace id of a valid {@code traceparent} (W3C
 * Trace Context), else a valid {@code X-Request-Id}, else a fresh one. Answers carry it as {@code X-Request-Id}, and log
 * lines as {@value CorrelationId#MDC_KEY} in the MDC. {@link RoutingApiHandler} gives it to the router, so that tickets and
 * rooms carry it on. Never blocks.
 *
 * <p>{@link RoutingServer} and {@link SessionServer} have one already; in a Jetty server of your own, put it around
 * everything else.
 */
public final class CorrelationHandler extends Handler.Wrapper {

    private static final String ATTRIBUTE = CorrelationHandler.class.getName();

    /**
     * Makes the handler.
     *
     * @param next what requests are for
     */
    public CorrelationHandler(Handler next) {
        super(next);
    }

    /**
     * Returns what a request is called in the logs.
     *
     * @param request a request
     * @return empty if it has not come through such a handler
     */
    public static Optional<CorrelationId> of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof CorrelationId id ? Optional.of(id) : Optional.empty();
    }

    /**
     * Does something for a request on this thread, so that the log lines carry its id. Where a request goes on on another
     * thread than the one that handled it first, this takes the id along.
     *
     * @param request a request; if it has not come through such a handler, log lines stay as they are
     * @param work what to do
     */
    public static void during(Request request, Runnable work) {
        Optional<CorrelationId> id = of(request);
        if (id.isPresent()) {
            CorrelationId.during(id, work);
        } else {
            work.run();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        CorrelationId id = of(request).orElseGet(() -> told(request).orElseGet(CorrelationId::random));
        request.setAttribute(ATTRIBUTE, id);
        answer(id, response);
        return CorrelationId.during(Optional.of(id), () -> pass(request, response, callback));
    }

    /** Jetty logs what a handler throws; here it still does so under the id. */
    private boolean pass(Request request, Response response, Callback callback) {
        try {
            return super.handle(request, response, callback);
        } catch (Exception | Error e) {
            callback.failed(e);
            return true;
        }
    }

    /** Adds the header again to a response that has been reset. */
    static void answer(Request request, Response response) {
        of(request).ifPresent(id -> answer(id, response));
    }

    private static void answer(CorrelationId id, Response response) {
        response.getHeaders().put(CorrelationId.REQUEST_HEADER, id.value());
    }

    private static Optional<CorrelationId> told(Request request) {
        HttpFields headers = request.getHeaders();
        return CorrelationId.inRequest(name -> only(headers.getValuesList(name)));
    }

    private static Optional<String> only(List<String> values) {
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
