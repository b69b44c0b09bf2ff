package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.SessionHost;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains a host in the background, once at a time, and takes that back. */
final class AdminDrain {

    private static final Logger LOG = LoggerFactory.getLogger(AdminDrain.class);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final int MOST_TRIES = 50;

    /** A drain that is under way; its end is completed when it is over, however it went. */
    private record Run(Instant since, Duration spread, Duration deadline, CompletableFuture<Void> end) {}

    private final SessionHost host;
    private final Duration usualSpread;
    private final TimeSource time;
    private final BlockingCalls blockingCalls;
    private final AtomicReference<@Nullable Run> underWay = new AtomicReference<>();

    AdminDrain(SessionHost host, Duration usualSpread, TimeSource time, BlockingCalls blockingCalls) {
        this.host = host;
        this.usualSpread = usualSpread;
        this.time = time;
        this.blockingCalls = blockingCalls;
    }

    void addTo(AdminPaths paths) {
        paths.add("drain", Methods.POST_AND_DELETE, exchange -> {
            if (exchange.request().getMethod().equals("POST")) {
                exchange.readJson(body -> begin(exchange, AdminRequest.drain(body)));
            } else {
                blockingCalls.run(exchange, () -> undo(exchange));
            }
        });
    }

    /** Tells of the drain that is under way, if there is one. */
    void writeTo(ObjectNode json) {
        Run run = underWay.get();
        if (run != null) {
            json.putObject("drain")
                    .put("since", run.since.toString())
                    .put("spreadSeconds", run.spread.toSeconds())
                    .put("deadline", run.since.plus(run.deadline).toString());
        }
    }

    private void begin(Exchange exchange, AdminRequest.DrainWishes wishes) {
        Duration spread = wishes.spread().orElse(usualSpread);
        Duration deadline = wishes.deadline().orElse(spread.multipliedBy(2).plusSeconds(5));
        Run run = new Run(time.now(), spread, deadline, new CompletableFuture<>());
        if (!underWay.compareAndSet(null, run)) {
            AdminJson.accept(exchange, "A drain is under way");
            return;
        }
        LOG.info("An operator drains the host: spread {}, deadline {}", spread, deadline);
        Thread thread = new Thread(() -> drain(run), "room-routing-admin-drain");
        thread.setDaemon(true);
        thread.start();
        AdminJson.accept(exchange, "Draining");
    }

    private void drain(Run run) {
        try {
            boolean empty = host.drain(run.spread, run.deadline);
            LOG.info("The operator's drain is over: {}", empty ? "the host is empty" : "rooms are left");
        } catch (RuntimeException e) {
            LOG.error("The operator's drain failed", e);
        } finally {
            underWay.set(null);
            run.end.complete(null);
        }
    }

    /** More than once, because a drain that was asked for a moment ago may not have reached the host yet. */
    private void undo(Exchange exchange) {
        LOG.info("An operator takes the drain back");
        Run run = underWay.get();
        host.undrain();
        for (int tries = 1; run != null && tries < MOST_TRIES && !hasEnded(run); tries++) {
            host.undrain();
        }
        AdminJson.accept(exchange, "Taking rooms again");
    }

    private boolean hasEnded(Run run) {
        try {
            return time.await(run.end, RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(ErrorCode.OVERLOADED, "The server is about to stop", RETRY, e);
        }
    }
}
