package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.History.Attempt;
import io.roomrouting.benchmarks.chaos.check.History.Delivered;
import io.roomrouting.benchmarks.chaos.check.History.Kept;
import io.roomrouting.benchmarks.chaos.check.History.Replied;
import io.roomrouting.benchmarks.chaos.check.History.Sent;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small history, written as it happens: one room, alice and bob in it, carol in another room on another host. Everything
 * can be changed afterwards, to plant what should be found.
 */
final class RecordedRun {

    static final String OLD = "127.0.0.1:1";
    static final String NEW = "127.0.0.1:2";
    static final String ROOM = "room";
    static final Seat ALICE = new Seat("alice", "a1");
    static final Seat BOB = new Seat("bob", "b1");
    static final Seat CAROL = new Seat("carol", "c1");

    final List<Accepted> accepted = new ArrayList<>();
    final List<Admitted> admitted = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Delivered> delivered = new ArrayList<>();
    final List<Replied> replied = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final Map<String, List<String>> stored = new HashMap<>();
    final List<String> troubles = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();

    /** Two messages on the old host, a drain at 10 s, and two on the new one, which all survive. */
    static RecordedRun ofDrain() {
        RecordedRun run = new RecordedRun();
        run.begin();
        run.steps.add(new Step(ALICE, Step.Kind.DROPPED, seconds(10.5)));
        run.steps.add(new Step(BOB, Step.Kind.DROPPED, seconds(10.5)));
        run.attempts.add(new Attempt("alice", seconds(11), seconds(11)));
        run.attempts.add(new Attempt("bob", seconds(11), seconds(10.9)));
        run.steps.add(new Step(ALICE, Step.Kind.RESUMED, seconds(11)));
        run.steps.add(new Step(BOB, Step.Kind.RESUMED, seconds(11)));
        run.say(ALICE, 2, new Message(ROOM, NEW, 2, 3, "alice", 2), seconds(11.2), ALICE, BOB);
        run.say(BOB, 2, new Message(ROOM, NEW, 2, 4, "bob", 2), seconds(12), ALICE, BOB);
        run.fault(Fault.Kind.DRAIN);
        return run;
    }

    /** The same with a kill: the state goes back by one message, and both begin anew. */
    static RecordedRun ofKill() {
        RecordedRun run = new RecordedRun();
        run.begin();
        Seat alice = new Seat("alice", "a2");
        Seat bob = new Seat("bob", "b2");
        run.restart(ALICE, alice, seconds(25));
        run.restart(BOB, bob, seconds(25));
        run.say(alice, 2, new Message(ROOM, NEW, 2, 2, "alice", 2), seconds(26), alice, bob);
        run.fault(Fault.Kind.KILL);
        return run;
    }

    /** The engine is started again, and the room goes on; what it holds in the end is all that was said. */
    static RecordedRun ofEngine() {
        RecordedRun run = new RecordedRun();
        run.begin();
        run.say(ALICE, 2, new Message(ROOM, OLD, 1, 3, "alice", 2), seconds(12), ALICE, BOB);
        run.kept.add(new Kept(ROOM, 1, 3, seconds(12.1)));
        run.say(BOB, 2, new Message(ROOM, OLD, 1, 4, "bob", 2), seconds(15), ALICE, BOB);
        run.stored.put(ROOM, List.of("alice 1", "bob 1", "alice 2", "bob 2"));
        run.faults.add(new Fault(
                Fault.Kind.ENGINE,
                "postgresql",
                seconds(10),
                seconds(11),
                seconds(16),
                Map.of(ROOM, 1L),
                Set.of(ALICE)));
        run.steps.add(new Step(ALICE, Step.Kind.DROPPED, seconds(10)));
        run.steps.add(new Step(ALICE, Step.Kind.RESUMED, seconds(10.5)));
        return run;
    }

    private void begin() {
        steps.add(new Step(ALICE, Step.Kind.BEGUN, seconds(1)));
        steps.add(new Step(BOB, Step.Kind.BEGUN, seconds(1)));
        steps.add(new Step(CAROL, Step.Kind.BEGUN, seconds(1)));
        say(ALICE, 1, new Message(ROOM, OLD, 1, 1, "alice", 1), seconds(8), ALICE, BOB);
        say(BOB, 1, new Message(ROOM, OLD, 1, 2, "bob", 1), seconds(9), ALICE, BOB);
        say(CAROL, 1, new Message("other", NEW, 1, 1, "carol", 1), seconds(9), CAROL);
    }

    private void restart(Seat former, Seat next, long at) {
        steps.add(new Step(former, Step.Kind.DROPPED, seconds(10.1)));
        steps.add(new Step(former, Step.Kind.LOST, at));
        steps.add(new Step(next, Step.Kind.BEGUN, at));
    }

    /** A message that is taken, confirmed and delivered. */
    void say(Seat from, long n, Message message, long at, Seat... to) {
        sent.add(new Sent(from, n, at));
        accepted.add(new Accepted(message, false, at + 1));
        for (Seat seat : to) {
            delivered.add(new Delivered(seat, message, at + 2));
        }
        replied.add(new Replied(from, message, at + 2));
    }

    private void fault(Fault.Kind kind) {
        faults.add(new Fault(kind, OLD, seconds(10), seconds(10), seconds(40), Map.of(ROOM, 1L), Set.of(ALICE, BOB)));
    }

    static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    History history() {
        return new History(
                accepted, admitted, sent, delivered, replied, steps, attempts, kept, stored, troubles, faults);
    }

    /** What is not kept. */
    List<String> broken() {
        return new Promises(Duration.ofSeconds(15), Duration.ofSeconds(10), !kept.isEmpty(), 10, 20)
                .check(history()).stream()
                        .filter(finding -> !finding.kept())
                        .map(Finding::what)
                        .toList();
    }
}
