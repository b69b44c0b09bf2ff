package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Fault;
import io.roomrouting.benchmarks.chaos.check.History;
import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.History.Attempt;
import io.roomrouting.benchmarks.chaos.check.History.Delivered;
import io.roomrouting.benchmarks.chaos.check.History.Kept;
import io.roomrouting.benchmarks.chaos.check.History.Replied;
import io.roomrouting.benchmarks.chaos.check.History.Sent;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import io.roomrouting.benchmarks.chaos.check.Message;
import io.roomrouting.benchmarks.chaos.check.Seat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what the clients see. Belongs to the crowd's thread; the length of a run bounds it. */
final class Recorder {

    private static final int MAX_TROUBLES = 1_000;

    private final List<Sent> sent = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<Replied> replied = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Map<String, Message> confirmed = new HashMap<>();
    private final Map<String, Long> keptAt = new HashMap<>();
    private final Map<String, List<String>> stored = new HashMap<>();

    void sent(Seat seat, long n) {
        sent.add(new Sent(seat, n, System.nanoTime()));
    }

    void delivered(Seat seat, Message message) {
        delivered.add(new Delivered(seat, message, System.nanoTime()));
    }

    void replied(Seat seat, Message message) {
        replied.add(new Replied(seat, message, System.nanoTime()));
        confirmed.merge(message.room(), message, (one, other) -> one.epoch() > other.epoch() ? one : other);
    }

    void step(Seat seat, Step.Kind kind) {
        steps.add(new Step(seat, kind, System.nanoTime()));
    }

    void attempt(String client, long notBefore) {
        attempts.add(new Attempt(client, System.nanoTime(), notBefore));
    }

    void kept(String room, long epoch, long seq) {
        long now = System.nanoTime();
        kept.add(new Kept(room, epoch, seq, now));
        keptAt.put(room, now);
    }

    /** Something that should not happen in any run. */
    void trouble(String what) {
        if (troubles.size() < MAX_TROUBLES) {
            troubles.add(what);
        }
    }

    /** The epoch under which each room last confirmed a message, of those on a host. */
    Map<String, Long> epochsOn(String host) {
        Map<String, Long> epochs = new HashMap<>();
        confirmed.forEach((room, message) -> {
            if (message.host().equals(host)) {
                epochs.put(room, message.epoch());
            }
        });
        return epochs;
    }

    /** Says whether each of these rooms has confirmed something under a later epoch. */
    boolean isServedAfter(Map<String, Long> epochs) {
        return epochs.entrySet().stream().allMatch(room -> {
            Message last = confirmed.get(room.getKey());
            return last != null && last.epoch() > room.getValue();
        });
    }

    /** The epoch under which each room last confirmed a message. */
    Map<String, Long> epochs() {
        Map<String, Long> epochs = new HashMap<>();
        confirmed.forEach((room, message) -> epochs.put(room, message.epoch()));
        return epochs;
    }

    /** Says whether each of these rooms has said since then that something is safe. */
    boolean areKeptSince(Collection<String> rooms, long moment) {
        return rooms.stream().allMatch(room -> keptAt.containsKey(room) && keptAt.get(room) - moment > 0);
    }

    /** How many messages the clients have got. */
    int deliveries() {
        return delivered.size();
    }

    /** A room told what it holds. */
    void recited(String room, List<String> messages) {
        stored.put(room, messages);
    }

    /** What each room holds that has told it. */
    Map<String, List<String>> stored() {
        return Map.copyOf(stored);
    }

    History history(List<Accepted> accepted, List<Admitted> admitted, List<Fault> faults) {
        return new History(
                accepted, admitted, sent, delivered, replied, steps, attempts, kept, Map.of(), troubles, faults);
    }
}
