package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.History.Attempt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether clients came back no sooner than they were asked to, and hosts let them in no faster than they say. */
final class GovernorCheck {

    private static final long SECOND = 1_000_000_000L;

    private GovernorCheck() {}

    static List<Finding> of(History history, int perSecond, int burst) {
        long early = history.attempts().stream()
                .filter(attempt -> attempt.at() < attempt.notBefore())
                .count();
        Map<String, List<Long>> byClient = history.attempts().stream()
                .collect(Collectors.groupingBy(Attempt::client, Collectors.mapping(Attempt::at, Collectors.toList())));
        Map<String, List<Long>> byHost = history.admitted().stream()
                .collect(Collectors.groupingBy(Admitted::host, Collectors.mapping(Admitted::at, Collectors.toList())));
        long busiest = byHost.values().stream()
                .mapToLong(GovernorCheck::mostInASecond)
                .max()
                .orElse(0);
        boolean kept = byHost.values().stream().allMatch(times -> fits(times, perSecond, burst));
        return List.of(
                Finding.none(
                        Finding.WHOLE_RUN,
                        "attempts to come in earlier than allowed",
                        early,
                        history.attempts().size()),
                Finding.told(
                        Finding.WHOLE_RUN,
                        "attempts of one client within a second, at most",
                        Long.toString(byClient.values().stream()
                                .mapToLong(GovernorCheck::mostInASecond)
                                .max()
                                .orElse(0))),
                new Finding(
                        Finding.WHOLE_RUN,
                        "admissions of one host within a second, at most",
                        Long.toString(busiest),
                        perSecond + " and " + burst + " at once",
                        kept));
    }

    private static long mostInASecond(List<Long> times) {
        Deque<Long> window = new ArrayDeque<>();
        int most = 0;
        for (long time : times.stream().sorted().toList()) {
            window.add(time);
            while (time - window.element() >= SECOND) {
                window.remove();
            }
            most = Math.max(most, window.size());
        }
        return most;
    }

    /**
     * A bucket that holds the burst, fills at the rate, and must never be asked for more than it has. A client is in only
     * when its room is open, so those of half a second may come together that were let in one after the other.
     */
    private static boolean fits(List<Long> times, int perSecond, int burst) {
        double left = burst;
        double together = (double) perSecond / 2;
        long before = Long.MAX_VALUE;
        for (long time : times.stream().sorted().toList()) {
            double filled = before == Long.MAX_VALUE ? 0 : (double) (time - before) / SECOND * perSecond;
            left = Math.min(burst, left + filled) - 1;
            before = time;
            if (left < -together) {
                return false;
            }
        }
        return true;
    }
}
