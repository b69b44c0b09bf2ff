package io.roomrouting.redis;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** How long calls took. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    <T> T measure(Supplier<T> call) {
        long start = System.nanoTime();
        T result = call.get();
        nanos.add(System.nanoTime() - start);
        return result;
    }

    @Override
    public String toString() {
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(Locale.ROOT, "median %.2f ms, p99 %.2f ms", at(sorted, 0.5) / 1e6, at(sorted, 0.99) / 1e6);
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
