package io.roomrouting.hms;

import io.roomrouting.Deadline;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.Backoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges with 100ms that are made again while that can help and the time is not up. */
final class HmsCalls {

    private static final Logger LOG = LoggerFactory.getLogger(HmsCalls.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), 2);

    private final HmsHttp http;
    private final HmsErrors errors;
    private final Duration timeout;
    private final Duration attemptTimeout;
    private final int attempts;
    private final TimeSource time;
    private final RandomGenerator random;

    HmsCalls(HmsClientBuilder settings, HmsHttp http, HmsErrors errors) {
        this.http = http;
        this.errors = errors;
        timeout = settings.timeout;
        attemptTimeout = settings.attemptTimeout;
        attempts = settings.attempts;
        time = settings.time;
        random = settings.random;
    }

    /**
     * Returns an answer with a status of success. Blocks, no longer than the time-out.
     *
     * @throws HmsException if there is none
     */
    HmsAnswer call(HmsRequest request) {
        Deadline deadline = Deadline.in(time, timeout);
        for (int attempt = 1; ; attempt++) {
            HmsException.Unavailable failure;
            try {
                HmsAnswer answer = http.send(request, shorter(attemptTimeout, deadline.remaining()));
                if (!answer.isWorthAnotherAttempt()) {
                    return successful(answer);
                }
                failure = errors.unavailable(answer);
            } catch (IOException e) {
                failure = unreachable(e);
            }
            Duration pause = pauseAfter(attempt, failure);
            if (attempt >= attempts || pause.compareTo(deadline.remaining()) >= 0) {
                throw failure;
            }
            LOG.debug("{} is tried again in {} after attempt {}", request, pause, attempt, failure);
            sit(pause, failure);
        }
    }

    private HmsAnswer successful(HmsAnswer answer) {
        if (answer.isSuccess()) {
            return answer;
        }
        throw answer.isRefusal() ? errors.refused(answer) : errors.unexpected(answer);
    }

    private static HmsException.Unavailable unreachable(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            throw new HmsException.Unavailable("the wait for 100ms was interrupted", e);
        }
        return new HmsException.Unavailable(
                e instanceof InterruptedIOException ? "100ms does not answer in time" : "100ms cannot be reached", e);
    }

    /** Not shorter than 100ms asks, and spread then too. */
    private Duration pauseAfter(int attempt, HmsException.Unavailable failure) {
        Duration jittered = PAUSES.pause(attempt - 1, random);
        Duration wanted = failure.retryAfter().orElse(Duration.ZERO);
        return wanted.isZero() ? jittered : wanted.plus(jittered.dividedBy(2));
    }

    private void sit(Duration pause, HmsException.Unavailable failure) {
        try {
            time.await(new CompletableFuture<>(), pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** At least a millisecond: OkHttp takes zero for no limit. */
    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : shorter;
    }
}
