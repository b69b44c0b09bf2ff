package io.roomrouting.benchmarks.load;

import java.util.Arrays;

/**
 * Counts latencies in buckets that are about 3 % wide, from 1 µs to an hour. Small, constant in size, for one thread.
 */
public final class Latencies {

    private static final int STEPS_PER_OCTAVE = 24;
    private static final int OCTAVES = 32;

    private final long[] counts = new long[STEPS_PER_OCTAVE * OCTAVES];
    private long total;

    /** Counts one. */
    public void add(long nanos) {
        double micros = Math.max(1.0, nanos / 1_000.0);
        int bucket = (int) (Math.log(micros) / Math.log(2) * STEPS_PER_OCTAVE);
        counts[Math.min(bucket, counts.length - 1)]++;
        total++;
    }

    /**
     * Counts those of another one as well.
     *
     * @param other of another thread that counts no more
     */
    public void addAll(Latencies other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        total += other.total;
    }

    /** How many were counted. */
    public long total() {
        return total;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** The latency in milliseconds that this share of all stays under. */
    public double percentile(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return Math.pow(2, (bucket + 1.0) / STEPS_PER_OCTAVE) / 1_000.0;
            }
        }
        return Double.NaN;
    }
}
