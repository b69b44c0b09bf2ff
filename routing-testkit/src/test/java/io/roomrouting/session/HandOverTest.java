package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms whose state outlives their host: saved, passivated, handed over, and lost with honesty. */
class HandOverTest {

    private static final Duration SPREAD = Duration.ofSeconds(2);
    private static final Duration SAVE_INTERVAL = RoomSettings.defaults().saveInterval();

    private final ManualTime time = ManualTime.create();
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final FlakyStore store = new FlakyStore(InMemoryStateStore.create());
    private final List<String> first = new CopyOnWriteArrayList<>();
    private final List<String> second = new CopyOnWriteArrayList<>();
    private HostRig one = host(first, RoomSettings.defaults());
    private HostRig two = host(second, RoomSettings.defaults());

    private HostRig host(List<String> happened, RoomSettings settings) {
        return new HostRig(
                settings,
                builder -> builder.rooms(room -> new Ledger(room, happened), settings)
                        .stateStore(store),
                registry,
                time);
    }

    @BeforeEach
    void shareTheFormat() {
        two.format = one.format;
        one.host.register(one.format);
        two.host.register(one.format);
    }

    private RecordingConnection sitAtTwo(String user) {
        registry.reassign(ROOM, two.host.status().host());
        return two.sit(user);
    }

    private RecordingConnection back(String user, RecordingConnection earlier, long received) {
        registry.assign(ROOM, two.host.status().host());
        return two.comeBack(user, earlier, received);
    }

    /** Starts a drain, and returns when it has done what it can do at once. */
    private static void startAndLetWait(Thread drain) {
        drain.start();
        Waiting.until(() -> drain.getState() == Thread.State.WAITING);
    }

    private static boolean resumed(RecordingConnection connection) {
        return connection.seat().orElseThrow().resumed();
    }

    @Test
    void aDrainingHostHandsItsRoomsOverAndNobodyMissesAnything() {
        RecordingConnection alice = one.sit("alice");
        RecordingConnection bob = one.sit("bob");
        alice.send(event("add", 1));
        bob.end(LeaveReason.CONNECTION_LOST);
        alice.send(event("add", 2));

        assertThat(one.host.drain(SPREAD)).isTrue();
        RecordingConnection bobAgain = back("bob", bob, 1);
        RecordingConnection aliceAgain = back("alice", alice, 2);
        bobAgain.send(asking(5, "add", 4));

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(alice.closing().orElseThrow().retryAfter()).isPositive().isLessThanOrEqualTo(SPREAD);
        assertThat(resumed(bobAgain)).isTrue();
        assertThat(resumed(aliceAgain)).isTrue();
        assertThat(aliceAgain.seat().orElseThrow().handled()).isEqualTo(2);
        assertThat(heard(bobAgain)).containsExactly("sum 3", "sum 7", "reply 5 7");
        assertThat(heard(aliceAgain)).containsExactly("sum 7");
        assertThat(first)
                .containsExactly("open", "join alice", "join bob", "drop bob", "snapshot 3", "close HANDED_OVER");
        assertThat(second).containsExactly("restore 3 [alice, bob]", "open", "resume bob", "resume alice");
        assertThat(aliceAgain.sessionId()).isEqualTo(alice.sessionId());
        assertThat(one.reports.lines).contains("closed room HANDED_OVER");
    }

    @Test
    void anAnnouncementIsHandedOverToThoseWhoAreAway() {
        RecordingConnection alice = one.sit("alice");
        one.host.rooms().announce(ROOM, "news", 1);
        alice.end(LeaveReason.CONNECTION_LOST);
        one.host.rooms().announce("news", 2);

        assertThat(one.host.drain(SPREAD)).isTrue();
        RecordingConnection again = back("alice", alice, 1);

        assertThat(resumed(again)).isTrue();
        assertThat(heard(again)).containsExactly("news 2");
    }

    @Test
    void aRoomThatIsOpenedForNobodyGetsItsStateBack() {
        one.join("alice").send(event("add", 3));
        assertThat(one.host.drain(SPREAD)).isTrue();

        two.host.rooms().open(registry.assign(ROOM, two.host.status().host()), RoomSpec.defaults());

        assertThat(second).containsExactly("restore 3 []", "open");
    }

    @Test
    void aMarkIsKnownToTheNextOwner() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 1));
        alice.send(event("add", 2));

        assertThat(one.host.drain(SPREAD)).isTrue();
        registry.assign(ROOM, two.host.status().host());
        RecordingConnection again = two.comeBack("alice", alice, "sum 1");

        assertThat(resumed(again)).isTrue();
        assertThat(heard(again)).containsExactly("sum 3");
    }

    @Test
    void clientsAreLedAwayWhenTheRoomIsFree() {
        RecordingConnection alice = one.sit("alice");
        List<Boolean> connected = new ArrayList<>();
        registry.beforeReply(() -> {
            if (registry.asked.get(registry.asked.size() - 1).startsWith("release")) {
                connected.add(alice.isOpen());
            }
        });

        one.host.drain(SPREAD);

        assertThat(connected).containsExactly(true);
        assertThat(alice.isOpen()).isFalse();
    }

    @Test
    void aStateThatArrivesAfterTheLeaseOpensNothing() {
        registry.assign(ROOM, one.host.status().host());
        store.beforeReply(() -> {
            // Nobody but the room itself notices the end of the lease.
            one.registryTasks.hold();
            time.advance(ScriptedRegistry.LEASE);
        });

        RecordingConnection alice = one.sit("alice");

        assertThat(alice.refusal().map(RoutingException::code)).hasValue(ErrorCode.NOT_OWNER);
        assertThat(first).isEmpty();
    }

    @Test
    void whatTheNextOwnerSaysBeforeAClientIsThereWaitsForIt() {
        RecordingConnection alice = one.sit("alice");
        RecordingConnection bob = one.sit("bob");
        one.host.drain(SPREAD);
        back("bob", bob, 0).send(event("add", 1));

        assertThat(heard(back("alice", alice, 0))).containsExactly("sum 1");
    }

    @Test
    void theNextOwnersEpochIsLarger() {
        List<Epoch> epochs = new ArrayList<>();
        HostRig before = new HostRig(RoomSettings.defaults(), builder -> builder, registry, time);
        HostRig after = new HostRig(RoomSettings.defaults(), builder -> builder, registry, time);
        before.script.onOpen(room -> epochs.add(room.epoch()));
        after.script.onOpen(room -> epochs.add(room.epoch()));

        before.join("alice");
        registry.reassign(ROOM, after.host.status().host());
        after.join("alice");

        assertThat(epochs.get(1).isNewerThan(epochs.get(0))).isTrue();
    }

    @Test
    void whoDoesNotFollowLeavesThere() {
        RecordingConnection alice = one.sit("alice");
        RecordingConnection bob = one.sit("bob");
        one.host.drain(SPREAD);
        back("bob", bob, 0);

        time.advance(RoomSettings.defaults().resumeGrace().plus(SPREAD));

        assertThat(second).endsWith("leave alice CONNECTION_LOST");
        assertThat(resumed(back("alice", alice, 0))).isFalse();
    }

    @Test
    void whoHasNoSeatIsToldToLookUpAgain() {
        one.sit("alice");
        RecordingConnection bob = one.join("bob");

        one.host.drain(SPREAD);

        assertThat(closing(bob)).isEqualTo(LeaveReason.HOST_DRAINING);
        assertThat(first)
                .containsExactly(
                        "open", "join alice", "join bob", "leave bob HOST_DRAINING", "snapshot 0", "close HANDED_OVER");
    }

    @Test
    void whatArrivesDuringTheHandOverIsRepeatedAtTheNextOwner() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 1));
        one.registryTasks.hold();
        Thread drain = new Thread(() -> one.host.drain(SPREAD));
        startAndLetWait(drain);

        alice.send(event("add", 2));
        IntStream.range(0, 20).forEach(i -> alice.send(event("add", 0)));
        one.registryTasks.release();
        Waiting.until(() -> !drain.isAlive());
        RecordingConnection again = back("alice", alice, 1);

        assertThat(heard(alice)).as("acknowledged what was not handled").containsExactly("sum 1");

        assertThat(again.seat().orElseThrow().handled()).isEqualTo(1);
        again.send(event("add", 2));
        assertThat(heard(again)).containsExactly("sum 3");
    }

    @Test
    void aStateThatCannotBeSavedIsTriedAgainUntilTheDeadline() {
        RecordingConnection alice = one.sit("alice");
        store.outOfReach(true);
        Thread drain = new Thread(() -> one.host.drain(SPREAD, Duration.ofSeconds(5)));
        startAndLetWait(drain);
        assertThat(alice.isOpen()).isTrue();

        time.advance(Duration.ofSeconds(2));
        store.outOfReach(false);
        time.advance(Duration.ofSeconds(1));
        Waiting.until(() -> !drain.isAlive());

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(resumed(back("alice", alice, 0))).isTrue();
        assertThat(one.reports.lines).contains("not saved out of reach");
    }

    @Test
    void aHandOverThatFindsTheLeaseOverEndsTheLife() {
        one.sit("alice");
        HostIncarnation life = one.host.status().host();
        one.registryTasks.hold();
        Thread drain = new Thread(() -> one.host.drain(SPREAD, Duration.ofMinutes(2)));
        startAndLetWait(drain);
        time.advance(ScriptedRegistry.LEASE);

        // The save is tried before anybody else has looked at the lease.
        one.registryTasks.runOne();

        assertThat(first).endsWith("close LEASE_LOST");
        assertThat(one.host.status().host()).isNotEqualTo(life);
        one.registryTasks.release();
        Waiting.until(() -> !drain.isAlive());
    }

    @Test
    void theDeadlineEndsWhatCannotBeSaved() {
        RecordingConnection alice = one.sit("alice");
        store.outOfReach(true);
        Thread drain = new Thread(() -> one.host.drain(SPREAD, Duration.ofSeconds(5)));
        startAndLetWait(drain);

        time.advance(Duration.ofSeconds(5));
        Waiting.until(() -> !drain.isAlive());

        assertThat(closing(alice)).isEqualTo(LeaveReason.HOST_DRAINING);
        assertThat(first).endsWith("snapshot 0", "close HOST_DRAINING");
        assertThat(registry.count("release")).isEqualTo(1);
    }

    @Test
    void whoIsInTheLastSnapshotDoesNotLeaveHere() {
        RecordingConnection alice = one.sit("alice");
        RecordingConnection bob = one.sit("bob");
        bob.end(LeaveReason.CONNECTION_LOST);
        registry.outOfReach();
        Thread drain = new Thread(() -> one.host.drain(SPREAD, Duration.ofMinutes(2)));
        startAndLetWait(drain);

        alice.end(LeaveReason.CONNECTION_LOST);
        registry.backAgain();
        time.advance(RoomSettings.defaults().resumeGrace());
        Waiting.until(() -> !drain.isAlive());

        assertThat(first).endsWith("snapshot 0", "close HANDED_OVER");
        assertThat(resumed(back("alice", alice, 0))).isTrue();
    }

    @Test
    void aRoomThatWasGivenBackDoesNotOpenAgainUnderItsOldEpoch() {
        RecordingConnection alice = one.sit("alice");
        Ticket old = one.ticket("bob");
        one.host.drain(Duration.ZERO);
        one.host.undrain();
        // A late message has made the registry believe that the host still holds the room.
        registry.holdsAgain(old.assignment());
        registry.asked.clear();

        RecordingConnection bob = one.knock(old);

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(bob.refusal().map(RoutingException::code)).hasValue(ErrorCode.NOT_OWNER);
        assertThat(registry.asked).containsExactly("release room 1 IDLE");
    }

    @Test
    void closingAHostHandsOverToo() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 3));

        one.host.close();

        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(resumed(back("alice", alice, 1))).isTrue();
        assertThat(second).startsWith("restore 3 [alice]");
    }

    @Test
    void afterACrashTheRoomGoesOnFromItsLastSnapshotWithoutItsSessions() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 1));
        time.advance(SAVE_INTERVAL);
        alice.send(event("add", 2));

        registry.reassign(ROOM, two.host.status().host());
        RecordingConnection again = two.comeBack("alice", alice, 1);

        assertThat(resumed(again)).isFalse();
        assertThat(second).containsExactly("restore 1 []", "open", "join alice");
    }

    @Test
    void aLastSnapshotThatSomebodyElseHasOpenedBringsNobodyBack() {
        RecordingConnection alice = one.sit("alice");
        one.host.drain(SPREAD);
        store.load(ROOM, new Epoch(100));
        for (int i = 0; i < 101; i++) {
            registry.reassign(ROOM, two.host.status().host());
        }

        assertThat(resumed(back("alice", alice, 0))).isFalse();
        assertThat(second).startsWith("restore 0 []");
    }

    @Test
    void theStateIsSavedNowAndThenWhileSomethingHappens() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 1));
        time.advance(SAVE_INTERVAL.multipliedBy(5));
        assertThat(first.stream().filter(line -> line.startsWith("snapshot"))).containsExactly("snapshot 1");

        alice.send(event("add", 1));
        time.advance(SAVE_INTERVAL);

        assertThat(first).endsWith("snapshot 2");
    }

    @Test
    void anIdleRoomIsSavedAndComesBack() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 5));
        alice.end(LeaveReason.LEFT);

        time.advance(RoomSettings.defaults().idleTimeout());

        assertThat(first).endsWith("snapshot 5", "close IDLE");
        sitAtTwo("alice");
        assertThat(second).startsWith("restore 5 []", "open");
    }

    @Test
    void anIdleRoomThatCannotBeSavedStaysOpen() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 5));
        alice.end(LeaveReason.LEFT);
        store.outOfReach(true);
        time.advance(RoomSettings.defaults().idleTimeout());
        assertThat(first).doesNotContain("close IDLE");

        store.outOfReach(false);
        time.advance(RoomSettings.defaults().idleTimeout());

        assertThat(first).endsWith("close IDLE");
    }

    @Test
    void whatHappensWhileAnIdleRoomIsSavedIsNotLost() {
        RecordingConnection alice = one.sit("alice");
        alice.end(LeaveReason.LEFT);
        time.advance(RoomSettings.defaults().idleTimeout().minusMillis(1));
        one.registryTasks.hold();
        time.advance(Duration.ofMillis(1));
        RecordingConnection bob = one.join("bob");
        bob.send(event("add", 5));
        bob.end(LeaveReason.LEFT);

        one.registryTasks.release();
        assertThat(first).doesNotContain("close IDLE");
        time.advance(RoomSettings.defaults().idleTimeout());

        assertThat(first).endsWith("snapshot 5", "close IDLE");
    }

    @Test
    void aRoomThatClosesForGoodLeavesNoState() {
        RecordingConnection alice = one.sit("alice");
        alice.send(event("add", 5));
        time.advance(SAVE_INTERVAL);
        alice.send(event("close"));

        sitAtTwo("alice");

        assertThat(second).containsExactly("open", "join alice");
    }

    @Test
    void aRoomMaySaveAndHearWhenItIsSafe() {
        RecordingConnection alice = one.sit("alice");
        one.registryTasks.hold();

        alice.send(event("add", 5), asking(1, "save"));
        assertThat(heard(alice)).containsExactly("sum 5");
        one.registryTasks.release();

        assertThat(heard(alice)).containsExactly("sum 5", "reply 1 \"saved\"");
    }

    @Test
    void aFormerOwnerSavesNothingAndEnds() {
        RecordingConnection alice = one.sit("alice");
        sitAtTwo("bob").send(event("add", 7));

        alice.send(event("add", 1), asking(1, "save"));

        assertThat(heard(alice)).anyMatch(line -> line.contains("LookUpAgain"));
        assertThat(closing(alice)).isEqualTo(LeaveReason.MOVED);
        assertThat(first).endsWith("close MOVED");
        assertThat(registry.count("release")).isZero();
    }

    @Test
    void aStateThatIsOutOfReachKeepsTheRoomFromOpening() {
        store.outOfReach(true);

        RecordingConnection alice = one.sit("alice");

        assertThat(alice.refusal().map(RoutingException::code)).hasValue(ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(first).isEmpty();
        store.outOfReach(false);
        assertThat(one.sit("alice").isOpen()).isTrue();
    }

    @Test
    void aStateThatCannotBeReadKeepsTheRoomFromOpening() {
        store.save(ROOM, new Epoch(1), 1, new byte[] {99});

        RecordingConnection alice = one.sit("alice");

        assertThat(alice.refusal().map(RoutingException::code)).hasValue(ErrorCode.REGISTRY_UNAVAILABLE);
    }

    @Test
    void roomsThatShallFinishGoOnWhileTheHostDrains() throws InterruptedException {
        one = host(first, RoomSettings.defaults().withWhenDraining(WhenDraining.FINISH));
        registry.reassign(ROOM, one.host.status().host());
        RecordingConnection alice = one.sit("alice");
        Thread drain = new Thread(() -> one.host.drain(SPREAD, Duration.ofMinutes(10)));
        startAndLetWait(drain);

        RecordingConnection bob = one.sit("bob");
        alice.send(event("add", 1));
        assertThat(heard(bob)).containsExactly("sum 1");
        RoomId placedBefore = RoomId.of("placed-before");
        RecordingConnection carol = one.knock(one.ticket(
                "carol", registry.assign(placedBefore, one.host.status().host()), RoomSpec.defaults()));
        assertThat(carol.isOpen()).isTrue();
        carol.send(event("close"));
        alice.send(event("close"));
        drain.join(10_000);

        assertThat(drain.isAlive()).isFalse();
        assertThat(first).endsWith("close CLOSED");
    }

    @Test
    void aDrainThatIsUndoneLeavesTheRoomsWhereTheyAre() throws InterruptedException {
        one = host(first, RoomSettings.defaults().withWhenDraining(WhenDraining.FINISH));
        registry.reassign(ROOM, one.host.status().host());
        RecordingConnection alice = one.sit("alice");
        List<Boolean> results = new ArrayList<>();
        Thread drain = new Thread(() -> results.add(one.host.drain(SPREAD, Duration.ofMinutes(10))));
        startAndLetWait(drain);

        one.host.undrain();
        drain.join(10_000);

        assertThat(results).containsExactly(false);
        assertThat(alice.isOpen()).isTrue();
        assertThat(one.host.status().ready()).isTrue();
        assertThat(registry.asked).containsSubsequence("heartbeat DRAINING", "heartbeat");
        registry.assign(RoomId.of("next"), one.host.status().host());
        assertThat(one.knock(one.ticket(
                                "carol",
                                registry.assign(
                                        RoomId.of("next"), one.host.status().host()),
                                RoomSpec.defaults()))
                        .isOpen())
                .isTrue();
    }
}
