package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Delivered;
import io.roomrouting.benchmarks.chaos.check.History.Replied;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was lost with a host: messages that it had taken and that the next owner's state does not know, because they came
 * after the last snapshot. After a drain there must be none; otherwise none older than the interval between snapshots, and
 * no session may go on as if nothing had happened.
 */
final class LossCheck {

    private static final Duration TO_WRITE = Duration.ofSeconds(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private final History history;
    private final Fault fault;
    private final Set<Message> lost;
    private final long oldest;

    private LossCheck(History history, Fault fault) {
        this.history = history;
        this.fault = fault;
        Map<String, Message> next = firstOfNextOwners(history, fault);
        List<Accepted> gone = history.accepted().stream()
                .filter(one -> isLost(one.message(), fault, next))
                .toList();
        this.lost = gone.stream().map(Accepted::message).collect(Collectors.toSet());
        this.oldest = gone.stream()
                .mapToLong(one -> Math.max(0, fault.at() - one.at()))
                .max()
                .orElse(0);
    }

    static List<Finding> of(History history, Fault fault, Duration saveInterval) {
        LossCheck check = new LossCheck(history, fault);
        String when = fault.kind().label();
        return List.of(
                check.withTheState(when, saveInterval),
                Finding.none(when, "sessions that go on although what they saw is lost", check.deceived()),
                check.unheard(when));
    }

    /** The first message that each room took under the epoch that followed, if one did before everything was calm again. */
    private static Map<String, Message> firstOfNextOwners(History history, Fault fault) {
        Map<String, Message> next = new HashMap<>();
        for (Accepted one : history.accepted()) {
            Message message = one.message();
            Long former = fault.epochs().get(message.room());
            if (former != null && message.epoch() > former && one.at() <= fault.until()) {
                next.merge(message.room(), message, LossCheck::earlier);
            }
        }
        return next;
    }

    private static Message earlier(Message one, Message other) {
        if (one.epoch() != other.epoch()) {
            return one.epoch() < other.epoch() ? one : other;
        }
        return one.seq() <= other.seq() ? one : other;
    }

    private static boolean isLost(Message message, Fault fault, Map<String, Message> next) {
        Message first = next.get(message.room());
        Long former = fault.epochs().get(message.room());
        return first != null && former != null && message.epoch() == former && message.seq() >= first.seq();
    }

    private Finding withTheState(String when, Duration saveInterval) {
        if (!fault.kind().mayLoseState()) {
            return Finding.none(when, "messages lost with the rooms' state", lost.size());
        }
        long confirmed = history.replied().stream()
                .filter(reply -> lost.contains(reply.message()))
                .count();
        Duration bound = saveInterval.plus(TO_WRITE);
        return new Finding(
                when,
                "messages lost with the state since the last snapshot",
                String.format(
                        Locale.ROOT,
                        "%d (%d confirmed), the oldest of %.1f s before",
                        lost.size(),
                        confirmed,
                        oldest / NANOS_PER_SECOND),
                "none older than " + bound.toSeconds() + " s",
                oldest <= bound.toNanos());
    }

    private long deceived() {
        Set<Seat> saw = history.delivered().stream()
                .filter(one -> lost.contains(one.message()))
                .map(Delivered::seat)
                .collect(Collectors.toCollection(HashSet::new));
        history.replied().stream()
                .filter(one -> lost.contains(one.message()))
                .map(Replied::seat)
                .forEach(saw::add);
        return history.steps().stream()
                .filter(step -> step.kind() == Step.Kind.RESUMED && step.at() > fault.at() && saw.contains(step.seat()))
                .count();
    }

    /** Messages of the host's last epochs that were confirmed to the sender and shown to nobody. */
    private Finding unheard(String when) {
        Set<Message> heard =
                history.delivered().stream().map(Delivered::message).collect(Collectors.toSet());
        long unheard = history.replied().stream()
                .map(Replied::message)
                .filter(message ->
                        Long.valueOf(message.epoch()).equals(fault.epochs().get(message.room())))
                .filter(message -> !heard.contains(message))
                .count();
        String what = "confirmed messages that nobody received";
        return fault.kind() == Fault.Kind.DRAIN
                ? Finding.none(when, what, unheard)
                : Finding.told(when, what, Long.toString(unheard));
    }
}
