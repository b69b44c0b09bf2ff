package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Delivered;
import io.roomrouting.benchmarks.chaos.check.History.Replied;
import io.roomrouting.benchmarks.chaos.check.History.Sent;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether every session got each message of its room once and in order, from its first to its last, and whether what was
 * said in a session that lives to the end was taken once and confirmed once. A session that was lost may leave it open
 * whether its last messages were taken, but none may be taken twice.
 */
final class SessionCheck {

    private final History history;
    private final Set<Seat> living;
    private final Map<Said, Long> taken;
    private final Map<Said, Long> confirmed;

    /** A sender's message, whichever host took it. */
    private record Said(String from, long n) {
        static Said of(Message message) {
            return new Said(message.from(), message.n());
        }
    }

    private SessionCheck(History history) {
        this.history = history;
        this.living = living(history);
        this.taken = history.accepted().stream()
                .map(Accepted::message)
                .collect(Collectors.groupingBy(Said::of, Collectors.counting()));
        this.confirmed = history.replied().stream()
                .map(Replied::message)
                .collect(Collectors.groupingBy(Said::of, Collectors.counting()));
    }

    static List<Finding> of(History history) {
        SessionCheck check = new SessionCheck(history);
        long delivered = history.delivered().size();
        List<Sent> lasting = history.sent().stream()
                .filter(one -> check.living.contains(one.seat()))
                .toList();
        return List.of(
                Finding.none(
                        Finding.WHOLE_RUN,
                        "messages that a session missed, got twice or out of order",
                        check.outOfOrder(),
                        delivered),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "sessions that did not get their room's last message",
                        check.behind(),
                        check.living.size()),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "messages of living sessions not taken exactly once",
                        lasting.stream()
                                .filter(one -> count(check.taken, one) != 1)
                                .count(),
                        lasting.size()),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "messages of living sessions not confirmed exactly once",
                        lasting.stream()
                                .filter(one -> count(check.confirmed, one) != 1)
                                .count(),
                        lasting.size()),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "other messages taken or confirmed twice",
                        history.sent().stream()
                                .filter(one -> !check.living.contains(one.seat()))
                                .filter(one -> count(check.taken, one) > 1 || count(check.confirmed, one) > 1)
                                .count()),
                troubles(history));
    }

    private static long count(Map<Said, Long> counts, Sent one) {
        return counts.getOrDefault(new Said(one.seat().client(), one.n()), 0L);
    }

    /** The sessions that were connected at the end. */
    private static Set<Seat> living(History history) {
        Set<Seat> in = new HashSet<>();
        for (Step step : history.steps()) {
            switch (step.kind()) {
                case BEGUN, RESUMED -> in.add(step.seat());
                case DROPPED, LOST -> in.remove(step.seat());
            }
        }
        return in;
    }

    private long outOfOrder() {
        Map<Seat, Message> last = new HashMap<>();
        long faults = 0;
        for (Delivered one : history.delivered()) {
            Message before = last.put(one.seat(), one.message());
            if (before != null && one.message().seq() != before.seq() + 1) {
                faults++;
            }
        }
        return faults;
    }

    private long behind() {
        Map<String, Message> ends = history.accepted().stream()
                .map(Accepted::message)
                .collect(Collectors.toMap(Message::room, Function.identity(), SessionCheck::later));
        Map<Seat, Message> last = new HashMap<>();
        history.delivered().forEach(one -> last.put(one.seat(), one.message()));
        return living.stream()
                .filter(seat -> {
                    Message newest = last.get(seat);
                    return newest == null || !newest.equals(ends.get(newest.room()));
                })
                .count();
    }

    private static Message later(Message one, Message other) {
        if (one.epoch() != other.epoch()) {
            return one.epoch() > other.epoch() ? one : other;
        }
        return one.seq() >= other.seq() ? one : other;
    }

    private static Finding troubles(History history) {
        List<String> troubles = history.troubles();
        String figure = troubles.isEmpty() ? "0" : troubles.size() + ", first: " + troubles.get(0);
        return new Finding(
                Finding.WHOLE_RUN, "refused messages and clients sent away", figure, "0", troubles.isEmpty());
    }
}
