package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Replied;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a host's rooms were out of service: from the fault to the first message that a later owner confirmed. */
final class ServiceCheck {

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
        long longest = back.values().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
        String figure = back.size() < rooms
                ? (rooms - back.size()) + " of " + rooms + " rooms were not"
                : rooms + " rooms, " + Spans.describe(back.values());
        boolean kept = back.size() == rooms && longest <= bound.toNanos();
        return List.of(new Finding(when, "the host's rooms are served again", figure, promise, kept));
    }
}
