package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Replied;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** How long rooms confirmed nothing, from the end of a fault's cause on, where nobody has to lose them. */
final class SilenceCheck {

    private SilenceCheck() {}

    static List<Finding> of(History history, Fault fault, Duration bound) {
        Map<String, TreeSet<Long>> replies = new HashMap<>();
        fault.epochs().keySet().forEach(room -> replies.put(room, new TreeSet<>()));
        for (Replied reply : history.replied()) {
            TreeSet<Long> times = replies.get(reply.message().room());
            if (times != null) {
                times.add(reply.at());
            }
        }
        List<Long> silences =
                replies.values().stream().map(times -> longest(times, fault)).toList();
        boolean kept = !silences.isEmpty() && silences.stream().allMatch(silence -> silence <= bound.toNanos());
        return List.of(new Finding(
                fault.kind().label(),
                "silence of a room since the cause was over",
                silences.size() + " rooms, " + Spans.describe(silences),
                String.format(Locale.ROOT, "%.0f s at most", bound.toMillis() / 1e3),
                kept));
    }

    private static long longest(Collection<Long> times, Fault fault) {
        long before = fault.healed();
        long longest = 0;
        for (long time : times) {
            if (time <= fault.healed()) {
                continue;
            }
            if (before > fault.until()) {
                return longest;
            }
            longest = Math.max(longest, time - before);
            before = time;
        }
        return before > fault.until() ? longest : Math.max(longest, fault.until() - before);
    }
}
