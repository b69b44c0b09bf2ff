package io.roomrouting.benchmarks.chaos.check;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Lengths of time in words. */
final class Spans {

    private static final double NANOS_PER_SECOND = 1e9;

    private Spans() {}

    static String describe(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            return "none";
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.2f s, longest %.2f s",
                sorted.get(sorted.size() / 2) / NANOS_PER_SECOND,
                sorted.get(sorted.size() - 1) / NANOS_PER_SECOND);
    }
}
