package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host that prefers its sessions to certainty serves on through an outage, and gives way when it must. */
class OutagePolicyTest {

    private static final Duration LEASE = ScriptedRegistry.LEASE;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final HostRig rig = new HostRig(
            RoomSettings.defaults().withIdleTimeout(IDLE),
            builder -> builder.outagePolicy(OutagePolicy.AVAILABLE),
            new ScriptedRegistry());
    private final RecordingConnection alice = rig.join("alice");
    private final HostIncarnation life = rig.host.status().host();

    private void outageOf(Duration duration) {
        rig.registry.outOfReach();
        rig.time.advance(duration);
    }

    private List<String> leaseReports() {
        return rig.reports.lines.stream()
                .filter(line -> line.startsWith("lease"))
                .toList();
    }

    @Test
    void anOutageShorterThanTheLeaseGoesUnnoticed() {
        outageOf(Duration.ofSeconds(6));
        rig.registry.backAgain();
        rig.time.advance(LEASE.multipliedBy(2));

        assertThat(leaseReports()).containsExactly("lease true");
        assertThat(rig.join("bob").isOpen()).isTrue();
    }

    @Test
    void sessionsAreServedHoweverLongTheOutage() {
        outageOf(Duration.ofMinutes(30));

        alice.send(event("still"));

        assertThat(rig.script.happened).containsExactly("open", "join alice", "alice still");
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.host.status().host()).isEqualTo(life);
    }

    @Test
    void meanwhileTheHostIsNotReadyAndSaysSoOnce() {
        outageOf(Duration.ofMillis(12_749));
        assertThat(leaseReports()).containsExactly("lease true");
        rig.time.advance(Duration.ofMillis(1));
        assertThat(leaseReports()).containsExactly("lease true", "lease false");

        rig.time.advance(LEASE.multipliedBy(4));

        assertThat(leaseReports()).containsExactly("lease true", "lease false");
        assertThat(rig.host.status().ready()).isFalse();
    }

    @Test
    void meanwhileNobodyIsAdmitted() {
        outageOf(LEASE);

        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void aRoomWhoseConfirmationComesTooLateDoesNotOpen() {
        RecordingConnection first = lateConfirmation();

        assertThat(refusal(first)).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(rig.script.happened).containsExactly("open", "join alice");
    }

    /** Knocks at a second room and lets the answer of the registry take longer than the lease. */
    private RecordingConnection lateConfirmation() {
        rig.registryTasks.hold();
        RecordingConnection first =
                rig.knock(rig.ticket("bob", rig.registry.assign(RoomId.of("second"), life), RoomSpec.defaults()));
        rig.registry.beforeReply(() -> {
            rig.registry.beforeReply(() -> {});
            rig.time.advance(LEASE);
        });
        rig.registryTasks.runOne();
        rig.registryTasks.release();
        return first;
    }

    @Test
    void meanwhileNothingIsReleasedAndAfterwardsItIs() {
        outageOf(LEASE);
        alice.end(LeaveReason.LEFT);
        rig.time.advance(IDLE.plusSeconds(10));
        assertThat(rig.script.happened).endsWith("close IDLE");
        assertThat(rig.registry.count("release")).isZero();

        rig.registry.backAgain();
        rig.time.advance(BEAT.multipliedBy(3));

        assertThat(rig.registry.count("release")).isEqualTo(1);
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    /** A room that is saved a second after something happened in it. */
    private static final class Notebook implements RestorableRoom {
        private byte notes;

        @Override
        public void onEvent(Session session, Event event) {
            notes++;
        }

        @Override
        public byte[] snapshot() {
            return new byte[] {notes};
        }

        @Override
        public void restore(byte[] state) {
            notes = state[0];
        }
    }

    private static byte[] savedIn(RoomStateStore store) {
        RoomStateStore.Loaded loaded = store.load(ROOM, new Epoch(1));
        return ((RoomStateStore.Loaded.Found) loaded).state();
    }

    @Test
    void meanwhileNothingIsSavedAndAfterwardsItIs() {
        RoomStateStore store = InMemoryStateStore.create();
        HostRig notebooks = new HostRig(builder -> builder.outagePolicy(OutagePolicy.AVAILABLE)
                .stateStore(store)
                .rooms(room -> new Notebook(), RoomSettings.defaults().withSaveInterval(BEAT)));
        RecordingConnection writer = notebooks.join("writer");
        writer.send(event("a"));
        notebooks.time.advance(BEAT);
        byte[] before = savedIn(store);
        notebooks.registry.outOfReach();
        notebooks.time.advance(LEASE);

        writer.send(event("b"), event("c"));
        notebooks.time.advance(BEAT.multipliedBy(5));
        assertThat(savedIn(store)).isEqualTo(before);
        assertThat(writer.isOpen()).isTrue();
        notebooks.registry.backAgain();
        notebooks.time.advance(BEAT.multipliedBy(3));

        assertThat(savedIn(store)).isNotEqualTo(before);
    }

    @Test
    void aReleaseThatIsHeldBackIsForgottenWithTheLife() {
        outageOf(LEASE);
        alice.end(LeaveReason.LEFT);
        rig.time.advance(IDLE);
        rig.registry
                .heartbeatGives(new HeartbeatResult.Unknown())
                .joinGives(new JoinResult.Refused("given away"))
                .backAgain();

        rig.time.advance(BEAT.multipliedBy(3));

        assertThat(rig.registry.count("release")).isZero();
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void whenTheRegistryGrantsTheLeaseAllGoesOn() {
        outageOf(LEASE.multipliedBy(3));

        rig.registry.backAgain();
        rig.time.advance(BEAT);

        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.host.status().host()).isEqualTo(life);
        assertThat(leaseReports()).containsExactly("lease true", "lease false", "lease true");
        assertThat(rig.join("bob").isOpen()).isTrue();
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void aSecondOutageIsToldAgain() {
        outageOf(LEASE);
        rig.registry.backAgain();
        rig.time.advance(LEASE);

        outageOf(LEASE);

        assertThat(leaseReports()).containsExactly("lease true", "lease false", "lease true", "lease false");
    }

    @Test
    void aRegistryThatWasRestartedIsToldOfTheRooms() {
        outageOf(LEASE.multipliedBy(3));

        rig.registry.heartbeatGives(new HeartbeatResult.Unknown()).backAgain();
        rig.time.advance(BEAT);

        assertThat(rig.registry.lives()).containsExactly(life, life);
        assertThat(rig.registry.lastHeld()).extracting(HeldRoom::room).containsExactly(ROOM);
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.host.status().ready()).isTrue();
    }

    @Test
    void aRegistryThatHasGivenTheRoomsAwayEndsThem() {
        outageOf(LEASE.multipliedBy(3));

        rig.registry
                .heartbeatGives(new HeartbeatResult.Unknown())
                .joinGives(new JoinResult.Refused("given away"))
                .backAgain();
        rig.time.advance(BEAT);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.host.status().host()).isNotEqualTo(life);
        assertThat(leaseReports()).containsExactly("lease true", "lease false");
        rig.registry.joinGives(new JoinResult.Joined(LEASE));
        rig.time.advance(BEAT);
        assertThat(rig.host.status().ready()).isTrue();
        assertThat(leaseReports()).containsExactly("lease true", "lease false", "lease true");
    }

    @Test
    void aProcessThatWasPausedDuringAnOutageHandlesNothingAfterwards() {
        outageOf(LEASE);

        rig.time.shiftWallClock(LEASE.dividedBy(3).plusMillis(1_001));
        alice.send(event("late"));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.script.happened)
                .containsExactly("open", "join alice", "leave alice LEASE_LOST", "close LEASE_LOST");
        assertThat(leaseReports()).containsExactly("lease true", "lease false");
    }

    @Test
    void aPauseIsNoticedEvenIfNothingHappens() {
        outageOf(LEASE);

        rig.time.shiftWallClock(LEASE.dividedBy(2));
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.host.status().host()).isNotEqualTo(life);
    }

    @Test
    void aPauseInWhichTheLeaseEndedIsOneToo() {
        outageOf(Duration.ofSeconds(9));

        rig.time.shiftWallClock(Duration.ofSeconds(7));
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aShortPauseChangesNothing() {
        outageOf(LEASE);

        rig.time.shiftWallClock(LEASE.dividedBy(4));
        rig.time.advance(LEASE);

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void theNextLifeIsWatchedToo() {
        outageOf(LEASE);
        rig.time.shiftWallClock(LEASE);
        rig.time.advance(Duration.ofSeconds(1));
        rig.registry.backAgain();
        rig.time.advance(BEAT);
        HostIncarnation next = rig.host.status().host();
        rig.registry.reassign(ROOM, next);
        RecordingConnection bob = rig.join("bob");
        outageOf(LEASE.multipliedBy(2));
        assertThat(bob.isOpen()).isTrue();

        rig.time.shiftWallClock(LEASE);
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(closing(bob)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void theLifeAfterARefusalServesThroughTheNextOutage() {
        outageOf(LEASE);
        rig.registry
                .heartbeatGives(new HeartbeatResult.Unknown())
                .joinGives(new JoinResult.Refused("given away"))
                .backAgain();
        rig.time.advance(BEAT);
        rig.registry
                .heartbeatGives(new HeartbeatResult.Renewed(LEASE, HostState.ACTIVE))
                .joinGives(new JoinResult.Joined(LEASE));
        rig.time.advance(BEAT);
        rig.registry.reassign(ROOM, rig.host.status().host());
        RecordingConnection bob = rig.join("bob");

        outageOf(LEASE.multipliedBy(3));
        bob.send(event("still"));

        assertThat(rig.script.happened).endsWith("bob still");
    }

    @Test
    void aHostThatIsClosedLeavesNoTimerBehind() {
        rig.host.close();

        assertThat(rig.time.pendingTimers()).isZero();
    }
}
