package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Kept;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether everything that rooms said was safe is in what the engine holds at the end, once and in the rooms' order. */
final class KeepingCheck {

    private final History history;
    private final Map<Tenure, Long> safe = new HashMap<>();

    /** One owner's time with a room. */
    private record Tenure(String room, long epoch) {}

    private KeepingCheck(History history) {
        this.history = history;
        for (Kept one : history.kept()) {
            safe.merge(new Tenure(one.room(), one.epoch()), one.seq(), Math::max);
        }
    }

    static List<Finding> of(History history) {
        KeepingCheck check = new KeepingCheck(history);
        List<Message> promised = history.accepted().stream()
                .map(Accepted::message)
                .filter(check::isPromised)
                .toList();
        Set<String> taken = new HashSet<>();
        history.accepted()
                .forEach(one ->
                        taken.add(place(one.message().room(), one.message().seq(), name(one))));
        return List.of(
                new Finding(
                        Finding.WHOLE_RUN,
                        "messages told to be safe that are not where they were told to be",
                        promised.stream().filter(check::isMissing).count() + " of " + promised.size(),
                        "0",
                        !promised.isEmpty() && promised.stream().noneMatch(check::isMissing)),
                Finding.none(Finding.WHOLE_RUN, "kept messages that no host has taken", check.unknown(taken)),
                Finding.none(Finding.WHOLE_RUN, "kept messages of one sender out of order", check.disorder()));
    }

    private static String name(Accepted one) {
        return one.message().from() + " " + one.message().n();
    }

    private static String place(String room, long seq, String name) {
        return room + " " + seq + " " + name;
    }

    private boolean isPromised(Message message) {
        return message.seq() <= safe.getOrDefault(new Tenure(message.room(), message.epoch()), 0L);
    }

    private boolean isMissing(Message message) {
        List<String> stored = history.stored().getOrDefault(message.room(), List.of());
        return stored.size() < message.seq()
                || !stored.get((int) message.seq() - 1).equals(message.from() + " " + message.n());
    }

    private long unknown(Set<String> taken) {
        long unknown = 0;
        for (Map.Entry<String, List<String>> room : history.stored().entrySet()) {
            for (int i = 0; i < room.getValue().size(); i++) {
                if (!taken.contains(place(room.getKey(), i + 1L, room.getValue().get(i)))) {
                    unknown++;
                }
            }
        }
        return unknown;
    }

    private long disorder() {
        long disorder = 0;
        for (List<String> room : history.stored().values()) {
            Map<String, Long> last = new HashMap<>();
            for (String one : room) {
                String from = one.substring(0, one.indexOf(' '));
                long n = Long.parseLong(one.substring(one.indexOf(' ') + 1));
                Long before = last.put(from, n);
                if (before != null && before >= n) {
                    disorder++;
                }
            }
        }
        return disorder;
    }
}
