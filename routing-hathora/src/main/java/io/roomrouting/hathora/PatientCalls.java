package io.roomrouting.hathora;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.Backoff;
import io.roomrouting.spi.CircuitBreaker;
import io.roomrouting.spi.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks until there is an answer or the deadline is near: what may be over soon (408, 429, 5xx, broken connections, answers
 * that make no sense) is repeated after a growing, spread wait, or after the wait that the other side asks for. Such a wait
 * holds for all calls. Thread-safe; blocks the caller, whose interruption ends the exchange.
 */
final class PatientCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HathoraRooms.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private final HttpCalls http;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Duration attemptTimeout;
    private final Backoff backoff;
    private final CircuitBreaker breaker;
    private final Refusals refusals;
    private final AtomicLong quietUntil;

    /** Makes sense of an answer, of whatever status. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * Reads.
         *
         * @return what it says; empty if the status is not one that the call knows
         * @throws MalformedAnswer if the status is, but the body makes no sense
         */
        Optional<T> read(ApiReply reply) throws MalformedAnswer;
    }

    PatientCalls(
            HttpCalls http,
            TimeSource time,
            RandomGenerator random,
            Duration attemptTimeout,
            Backoff backoff,
            CircuitBreaker breaker) {
        this.http = http;
        this.time = time;
        this.random = random;
        this.attemptTimeout = attemptTimeout;
        this.backoff = backoff;
        this.breaker = breaker;
        this.refusals = new Refusals(time);
        this.quietUntil = new AtomicLong(time.nanoTime());
    }

    /**
     * Asks.
     *
     * @throws RoutingException.Unavailable with {@link ErrorCode#SCHEDULER_UNAVAILABLE} if there is no answer in time, or one
     *     that is not repeated
     */
    <T> T ask(ApiCall call, Deadline deadline, Reader<T> reader) {
        Optional<IOException> before = Optional.empty();
        for (int round = 0; ; round++) {
            awaitQuiet(deadline, before);
            passBreaker(before);
            try {
                return attempt(call, deadline, reader);
            } catch (IOException e) {
                LOG.debug("Hathora: {} failed: {}", call, e.getMessage());
                before = Optional.of(e);
                pause(backoff.pause(round, random), deadline, before);
            }
        }
    }

    private <T> T attempt(ApiCall call, Deadline deadline, Reader<T> reader) throws IOException {
        try {
            ApiReply reply = exchange(call, deadline);
            if (reply.status() == TOO_MANY) {
                // It answers, so the breaker has no part in this.
                breaker.succeeded();
                throw repeatable(reply);
            }
            if (reply.status() == REQUEST_TIMEOUT || reply.status() >= SERVER_ERRORS) {
                throw brokenBy(repeatable(reply));
            }
            Optional<T> answer = reader.read(reply);
            breaker.succeeded();
            return answer.orElseThrow(() -> refusals.refused(call, reply.status(), messageOf(reply)));
        } catch (MalformedAnswer e) {
            throw brokenBy(e);
        }
    }

    private ApiReply exchange(ApiCall call, Deadline deadline) throws IOException {
        HttpCalls.Exchange exchange = http.send(call);
        try {
            if (time.await(exchange.reply(), shorter(attemptTimeout, deadline.remaining()))) {
                return exchange.reply().get();
            }
            throw brokenBy(new IOException("no answer in time"));
        } catch (ExecutionException e) {
            throw brokenBy(new IOException("no answer: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the call was cancelled", RETRY, e);
        } finally {
            exchange.end().run();
        }
    }

    private IOException repeatable(ApiReply reply) {
        reply.retryAfter()
                .flatMap(header -> RetryAfter.read(header, time.now()))
                .ifPresent(this::beQuiet);
        return new IOException("status " + reply.status() + ", " + messageOf(reply));
    }

    private void beQuiet(Duration wait) {
        long until = time.nanoTime() + wait.toNanos();
        quietUntil.accumulateAndGet(until, (one, other) -> one - other > 0 ? one : other);
    }

    /** Notes that whoever is asked is not well. */
    private <E extends IOException> E brokenBy(E failure) {
        if (breaker.failed()) {
            LOG.warn(
                    "Hathora fails again and again; nobody is kept waiting for it for a while ({})",
                    failure.getMessage());
        }
        return failure;
    }

    private void passBreaker(Optional<IOException> before) {
        Optional<Duration> closed = breaker.tryPass();
        if (closed.isPresent()) {
            throw unavailable("the provider of hosts is out of order", closed.get(), before.orElse(null));
        }
    }

    private void awaitQuiet(Deadline deadline, Optional<IOException> before) {
        long left = quietUntil.get() - time.nanoTime();
        if (left > 0) {
            Duration wait = Duration.ofNanos(left);
            if (wait.compareTo(deadline.remaining()) >= 0) {
                throw unavailable("the provider of hosts asks for patience", wait, before.orElse(null));
            }
            pause(wait.plus(backoff.pause(0, random)), deadline, before);
        }
    }

    private void pause(Duration wait, Deadline deadline, Optional<IOException> before) {
        if (wait.compareTo(deadline.remaining()) >= 0) {
            throw unavailable("the provider of hosts did not answer in time", RETRY, before.orElse(null));
        }
        pause(wait);
    }

    /** Waits; what is interrupted meanwhile throws. */
    void pause(Duration wait) {
        try {
            time.await(new CompletableFuture<>(), wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the call was cancelled", RETRY, e);
        }
    }

    private String messageOf(ApiReply reply) {
        return http.withoutToken(Answers.message(reply));
    }

    private static RoutingException unavailable(String what, Duration retryAfter, @Nullable Throwable cause) {
        return RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, what, retryAfter, cause);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        http.close();
    }
}
