package io.roomrouting.internal;

import io.roomrouting.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What lets a client come back to its session: a secret, what was sent to it, and how many of its events were handled.
 * Belongs to the room's thread.
 */
final class Seat {

    /** How many events are handled before the client is told so. */
    private static final int EVENTS_PER_ACKNOWLEDGEMENT = 16;

    private final SeatToken.Hash hash;
    private final SentLog log;
    private long handledBefore;
    private long handled;
    private long told;
    private TimeSource.Cancellable graceTimer = () -> {};

    Seat(SeatToken.Hash hash, SentLog log, long handled) {
        this.hash = hash;
        this.log = log;
        this.handled = handled;
    }

    SeatToken.Hash hash() {
        return hash;
    }

    SentLog log() {
        return log;
    }

    /** How many of the client's events the room has taken note of. */
    long handled() {
        return handled;
    }

    /** A link begins, whose events count from 1; the client learns how many it need not repeat. */
    void linked() {
        graceTimer.cancel();
        handledBefore = handled;
        told = handled;
    }

    /** Takes note of an event of the current link; those between it and the last one are known to be void. */
    void took(long number) {
        handled = Math.max(handled, handledBefore + number);
    }

    /** Says how many were handled when it is time to tell the client, otherwise null. */
    @Nullable Long toAcknowledge() {
        if (handled - told < EVENTS_PER_ACKNOWLEDGEMENT) {
            return null;
        }
        told = handled;
        return handled;
    }

    /** The link broke; the timer ends the wait for another. */
    void unlinked(TimeSource.Cancellable grace) {
        graceTimer.cancel();
        graceTimer = grace;
    }

    /** Says whether this timer, and no later one, ends the wait. */
    boolean waitsFor(TimeSource.Cancellable grace) {
        return graceTimer == grace;
    }

    void givenUp() {
        graceTimer.cancel();
    }
}
