package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Tells what Jetty itself refuses (malformed requests, oversized headers, failures of other handlers) as a problem, without
 * a word of what went wrong inside. Jetty has logged that.
 *
 * <p>Jetty closes the connection after some of these, but does not always say so; a client that kept it would lose its next
 * request. So all of them end the connection.
 */
final class ProblemErrorHandler implements Request.Handler {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer known
                ? known
                : HttpStatus.INTERNAL_SERVER_ERROR_500;
        CorrelationHandler.answer(request, response);
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        new Exchange(request, response, callback).refuse(problem(status));
        return true;
    }

    private static Problem problem(int status) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            return Problem.of(
                    RoutingException.unavailable(ErrorCode.HOST_DRAINING, "The server is about to stop", RETRY_AFTER));
        }
        return status == HttpStatus.INTERNAL_SERVER_ERROR_500
                ? Problem.internal()
                : Problem.invalid(status, HttpStatus.getMessage(status));
    }
}
