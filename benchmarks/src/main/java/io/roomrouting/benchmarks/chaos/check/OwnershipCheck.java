package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether every room had one owner at a time, by the hosts' own logs. */
final class OwnershipCheck {

    private final Map<Long, String> hosts = new HashMap<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private long newest;
    private long late;
    private long shared;
    private long miscounted;

    private OwnershipCheck() {}

    static List<Finding> of(History history) {
        List<OwnershipCheck> rooms = history.accepted().stream()
                .sorted(Comparator.comparingLong(Accepted::at))
                .collect(Collectors.groupingBy(one -> one.message().room()))
                .values()
                .stream()
                .map(OwnershipCheck::ofRoom)
                .toList();
        long all = history.accepted().size();
        return List.of(
                Finding.none(
                        Finding.WHOLE_RUN,
                        "messages taken by a former owner after a later one had taken some",
                        rooms.stream().mapToLong(room -> room.late).sum(),
                        all),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "messages taken under another host's epoch",
                        rooms.stream().mapToLong(room -> room.shared).sum()),
                Finding.none(
                        Finding.WHOLE_RUN,
                        "gaps and repeats in the rooms' own count",
                        rooms.stream().mapToLong(room -> room.miscounted).sum()),
                Finding.none(Finding.WHOLE_RUN, "messages taken twice", twice(history)),
                Finding.none(Finding.WHOLE_RUN, "messages at clients that no host has taken", unknown(history)));
    }

    private static OwnershipCheck ofRoom(List<Accepted> inOrderOfTime) {
        OwnershipCheck room = new OwnershipCheck();
        inOrderOfTime.forEach(one -> room.look(one.message()));
        return room;
    }

    private void look(Message message) {
        if (message.epoch() < newest) {
            late++;
        }
        newest = Math.max(newest, message.epoch());
        String owner = hosts.putIfAbsent(message.epoch(), message.host());
        if (owner != null && !owner.equals(message.host())) {
            shared++;
        }
        Long before = counts.put(message.epoch(), message.seq());
        if (before != null && before + 1 != message.seq()) {
            miscounted++;
        }
    }

    private static long twice(History history) {
        Set<String> known = new HashSet<>();
        return history.accepted().stream()
                .filter(one ->
                        !known.add(one.message().from() + " " + one.message().n()) || one.again())
                .count();
    }

    private static long unknown(History history) {
        Set<Message> taken = history.accepted().stream().map(Accepted::message).collect(Collectors.toSet());
        return Stream.concat(
                        history.delivered().stream().map(History.Delivered::message),
                        history.replied().stream().map(History.Replied::message))
                .filter(message -> !taken.contains(message))
                .count();
    }
}
