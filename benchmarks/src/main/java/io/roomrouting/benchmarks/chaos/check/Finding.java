package io.roomrouting.benchmarks.chaos.check;

/**
 * A figure and the promise that it is measured against.
 *
 * @param when during which fault, or {@code run}
 * @param what was counted or measured
 * @param figure the result
 * @param promise what it should be; a dash where nothing is promised
 * @param kept whether it is
 */
public record Finding(String when, String what, String figure, String promise, boolean kept) {

    static final String WHOLE_RUN = "run";

    /** Something that must not happen at all. */
    static Finding none(String when, String what, long count) {
        return new Finding(when, what, Long.toString(count), "0", count == 0);
    }

    /** Something that must not happen to any of so many. */
    static Finding none(String when, String what, long count, long of) {
        return new Finding(when, what, count + " of " + of, "0", count == 0);
    }

    /** Something worth knowing. */
    static Finding told(String when, String what, String figure) {
        return new Finding(when, what, figure, "-", true);
    }
}
