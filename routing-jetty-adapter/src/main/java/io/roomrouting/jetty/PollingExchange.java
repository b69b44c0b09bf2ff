package io.roomrouting.jetty;

import io.roomrouting.TimeSource;
import io.roomrouting.jetty.internal.ThreadTurn;
import io.roomrouting.socketio.engine.EngineServer;
import io.roomrouting.socketio.engine.HttpAnswer;
import io.roomrouting.socketio.engine.HttpReply;
import io.roomrouting.socketio.engine.RequestListener;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request of a client that polls: handed in, its body read as it comes, held as long as the session likes, answered from
 * whatever thread has the answer, and that thread holds the session's lock.
 */
final class PollingExchange implements HttpAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(PollingExchange.class);

    private final Exchange exchange;
    private final PollingAnswers answers;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final boolean bringsBody;
    private final @Nullable ClientWatch watch;
    private volatile RequestListener listener = RequestListener.NONE;
    private volatile boolean bodyLeft;
    private volatile TimeSource.Cancellable deadline = () -> {};

    PollingExchange(Exchange exchange, PollingAnswers answers) {
        this.exchange = exchange;
        this.answers = answers;
        Request request = exchange.request();
        boolean body = hasBody(request);
        this.bringsBody = HttpMethod.POST.is(request.getMethod());
        this.bodyLeft = body;
        this.watch = bringsBody || body ? null : ClientWatch.of(request, this::clientIsGone);
    }

    /** Hands the request in. */
    void begin(EngineServer engine) {
        try {
            listener = engine.request(EngineRequests.of(exchange.request()), this);
        } catch (RuntimeException e) {
            // The session has ended, and has perhaps not heard of this request.
            LOG.error("A listener of a session failed", e);
            end(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
        if (answered.get()) {
            return;
        }
        if (bringsBody) {
            readBody(engine);
        } else {
            hold();
        }
    }

    @Override
    public void answer(HttpReply reply) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (watch != null && watch.end()) {
            exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (bodyLeft) {
            Leftovers.discard(exchange.request(), exchange.response(), () -> answers.write(exchange, reply));
        } else {
            answers.write(exchange, reply);
        }
    }

    private void hold() {
        Request request = exchange.request();
        // A poll is meant to wait; whether the client lives is for the heartbeat to say.
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(failure -> clientIsGone());
        if (watch != null) {
            watch.begin();
        }
    }

    private void clientIsGone() {
        guarded(() -> listener.onAborted());
    }

    private void readBody(EngineServer engine) {
        AtomicBoolean read = new AtomicBoolean();
        RequestBody.read(
                exchange.request(),
                engine.settings().maxPayload(),
                body -> {
                    read.set(true);
                    bodyLeft = false;
                    deadline.cancel();
                    guarded(() -> listener.onBody(body));
                },
                problem -> {
                    read.set(true);
                    deadline.cancel();
                    guarded(() -> bodyFailed(problem.status()));
                });
        if (!read.get()) {
            limitBody(engine, read);
        }
    }

    /** A client whose body takes longer could not answer a ping meanwhile, so that its session is lost anyway. */
    private void limitBody(EngineServer engine, AtomicBoolean read) {
        deadline = answers.time()
                .schedule(
                        engine.settings().pingInterval().plus(engine.settings().pingTimeout()),
                        () -> exchange.request().fail(new TimeoutException("The body did not come in time")));
        if (read.get()) {
            deadline.cancel();
        }
    }

    private void bodyFailed(int status) {
        if (status == HttpStatus.PAYLOAD_TOO_LARGE_413) {
            listener.onTooLarge();
            return;
        }
        listener.onAborted();
        end(status);
    }

    /** Answers what no session will answer, and ends the connection, which may hold the rest of a body. */
    private void end(int status) {
        if (answered.compareAndSet(false, true)) {
            exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close");
            exchange.send(status, new byte[0]);
        }
    }

    /** Tells the session something on this thread; what its application throws has ended the session already. */
    private void guarded(Runnable news) {
        ThreadTurn turn = ThreadTurn.begin();
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of a session failed", e);
        } finally {
            turn.end();
        }
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
