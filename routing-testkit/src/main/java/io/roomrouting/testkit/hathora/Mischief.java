package io.roomrouting.testkit.hathora;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * How badly a {@link FakeHathora} behaves.
 *
 * @param share which share of the requests meets a prank, 0 to 1
 * @param pranks which ones, each as often as the others
 * @param latency every request is kept for a random time up to this
 * @param retryAfter what a rate limit asks to wait; rounded to seconds
 */
public record Mischief(double share, List<Prank> pranks, Duration latency, Duration retryAfter) {

    private static final List<RetryHeader> HEADERS = List.of(RetryHeader.SECONDS, RetryHeader.DATE, RetryHeader.NONE);

    /** As it should be. */
    public static final Mischief NONE = new Mischief(0, List.of(), Duration.ZERO, Duration.ofSeconds(1));

    /** Copies the list. */
    public Mischief {
        pranks = List.copyOf(pranks);
        if (share > 0 && pranks.isEmpty()) {
            throw new IllegalArgumentException("pranks: a share of " + share + " needs at least one");
        }
    }

    /**
     * Plays pranks.
     *
     * @param share how often, 0 to 1
     * @param pranks which ones
     * @return a changed copy
     */
    public Mischief with(double share, Set<Prank> pranks) {
        return new Mischief(share, pranks.stream().sorted().toList(), latency, retryAfter);
    }

    /**
     * Is slow.
     *
     * @param longest how long a request is kept at most
     * @return a changed copy
     */
    public Mischief withLatency(Duration longest) {
        return new Mischief(share, pranks, longest, retryAfter);
    }

    /**
     * Asks for patience.
     *
     * @param wait what a rate limit says
     * @return a changed copy
     */
    public Mischief withRetryAfter(Duration wait) {
        return new Mischief(share, pranks, latency, wait);
    }

    /** What becomes of the next request. */
    Fate next(Random random) {
        Duration kept = Duration.ofNanos((long) (random.nextDouble() * latency.toNanos()));
        Optional<Prank> prank =
                random.nextDouble() < share ? Optional.of(pranks.get(random.nextInt(pranks.size()))) : Optional.empty();
        return new Fate(kept, prank, random.nextBoolean(), HEADERS.get(random.nextInt(HEADERS.size())));
    }

    /**
     * What becomes of one request.
     *
     * @param kept how long it is kept
     * @param prank what is done instead of answering, if anything
     * @param afterTheEffect whether the prank is played after the request has been carried out
     * @param retryHeader which form a rate limit's header takes
     */
    record Fate(Duration kept, Optional<Prank> prank, boolean afterTheEffect, RetryHeader retryHeader) {}

    /** How a rate limit says when to come back. */
    enum RetryHeader {
        SECONDS,
        DATE,
        NONE
    }
}
