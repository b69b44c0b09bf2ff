package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Replied;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a host's rooms were out of service: from the fault to the first message that a later owner confirmed. */
final class ServiceCheck {

    private static final double NANOS_PER_SECOND = 1e9;

    private ServiceCheck() {}

    static List<Finding> of(History history, Fault fault, Duration bound) {
        Map<String, Long> back = new HashMap<>();
        for (Replied reply : history.replied()) {
            Long former = fault.epochs().get(reply.message().room());
            if (former != null && reply.at() > fault.at() && reply.message().epoch() > former) {
                back.merge(reply.message().room(), reply.at() - fault.at(), Math::min);
            }
        }
        String when = fault.kind().label();
        String promise = String.format(Locale.ROOT, "%.0f s at most", bound.toMillis() / 1e3);
        int rooms = fault.epochs().size();
        if (back.size() < rooms) {
            String figure = (rooms - back.size()) + " of " + rooms + " rooms were not";
            return List.of(new Finding(when, "rooms are served again", figure, promise, false));
        }
        List<Long> sorted = back.values().stream().sorted().toList();
        if (sorted.isEmpty()) {
            return List.of(new Finding(when, "rooms are served again", "the host had none", promise, false));
        }
        long longest = sorted.get(rooms - 1);
        String figure = String.format(
                Locale.ROOT,
                "median %.2f s, longest %.2f s",
                sorted.get(rooms / 2) / NANOS_PER_SECOND,
                longest / NANOS_PER_SECOND);
        return List.of(new Finding(
                when, "the host's " + rooms + " rooms are served again", figure, promise, longest <= bound.toNanos()));
    }
}
