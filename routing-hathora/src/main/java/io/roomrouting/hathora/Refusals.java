package io.roomrouting.hathora;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not repeated because repeating does not help: the operator has to do something. Tells so in the log, once a minute
 * for each status, and tells callers that the scheduler is unavailable. Thread-safe.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(HathoraRooms.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int STATUSES = 600;

    private final TimeSource time;
    private final long[] toldAt = new long[STATUSES];
    private final boolean[] told = new boolean[STATUSES];

    Refusals(TimeSource time) {
        this.time = time;
    }

    /** Makes the exception for a status that is not repeated. */
    RoutingException refused(ApiCall call, int status, String message) {
        String meaning = meaning(status);
        if (isNews(status)) {
            LOG.error("Hathora answers {} with {}: {} ({})", call, status, meaning, message);
        } else {
            LOG.debug("Hathora answers {} with {}: {} ({})", call, status, meaning, message);
        }
        return RoutingException.unavailable(
                ErrorCode.SCHEDULER_UNAVAILABLE, "the provider of hosts refuses this server", RETRY);
    }

    private synchronized boolean isNews(int status) {
        int slot = Math.floorMod(status, STATUSES);
        long now = time.nanoTime();
        boolean news = !told[slot] || now - toldAt[slot] >= QUIET.toNanos();
        if (news) {
            told[slot] = true;
            toldAt[slot] = now;
        }
        return news;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401 -> "the token is not valid; check HATHORA_TOKEN";
            case 402 -> "the account must be paid; see its billing";
            case 403 -> "the token may not do this; check HATHORA_TOKEN";
            case 404 -> "the application is unknown; check HATHORA_APP_ID";
            default -> "it does not accept the request";
        };
    }
}
