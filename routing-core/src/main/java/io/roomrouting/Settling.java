package io.roomrouting;

import java.time.Duration;

/**
 * The time after the start of a registry in which it does not know yet which rooms exist, because their hosts have still
 * to tell.
 */
final class Settling {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final long endsAt;
    private volatile boolean over;

    Settling(Duration time, long now) {
        this.endsAt = now + time.toNanos();
        this.over = time.isZero();
    }

    boolean isOver(long now) {
        if (!over && endsAt - now <= 0) {
            over = true;
        }
        return over;
    }

    void end() {
        over = true;
    }

    /** Refuses to say anything of an unknown room. */
    void check(long now) {
        if (!isOver(now)) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE,
                    "the registry has just started and does not know all rooms yet",
                    RETRY);
        }
    }
}
