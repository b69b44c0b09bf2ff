package io.roomrouting.testkit.sim;

/**
 * A machine: a name in the network, and clocks that nobody else shares.
 *
 * <p>Both clocks run at the machine's own rate. The monotonic one stands still while the machine is suspended; the wall
 * clock does not, and can be set.
 */
final class Node {

    /** The monotonic clock's numbers overflow in the middle of a run, so that code that compares readings is found out. */
    private static final long MONOTONIC_START = Long.MAX_VALUE - 30_000_000_000L;

    private static final long WALL_START_MILLIS = 1_767_225_600_000L;

    private final String name;
    private final int index;
    private final double rate;
    private long wallOffsetMillis;
    private long suspendedNanos;

    /**
     * A machine.
     *
     * @param name for the history
     * @param index its place in the network
     * @param rate seconds of its clocks per second of true time
     * @param wallOffsetMillis how far its wall clock is ahead at the beginning
     */
    Node(String name, int index, double rate, long wallOffsetMillis) {
        this.name = name;
        this.index = index;
        this.rate = rate;
        this.wallOffsetMillis = wallOffsetMillis;
    }

    int index() {
        return index;
    }

    double rate() {
        return rate;
    }

    long monotonic(long trueNanos) {
        return MONOTONIC_START + (long) ((trueNanos - suspendedNanos) * rate);
    }

    long wallMillis(long trueNanos) {
        return WALL_START_MILLIS + wallOffsetMillis + (long) (trueNanos * rate / 1e6);
    }

    /** The machine has been suspended for this long. */
    void wasSuspended(long trueNanos) {
        suspendedNanos += trueNanos;
    }

    void setWallOffset(long millis) {
        wallOffsetMillis = millis;
    }

    @Override
    public String toString() {
        return name;
    }
}
