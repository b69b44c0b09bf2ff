package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeReply.Released;
import io.roomrouting.spi.ProbeRequest;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A host of a static list: probes bring the lease, tickets the claims, replies the releases. */
class ProbedHostTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration SERVES = Duration.ofMillis(12_750);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration TICKETS_LIVE = Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS);

    private final ProbedHost probed = new ProbedHost();
    private final HostRig rig = new HostRig(
            RoomSettings.defaults().withIdleTimeout(IDLE),
            builder -> builder.probed(probed).limits(SessionLimits.defaults().withAdmissions(10_000, 10_000)),
            new ScriptedRegistry());
    private final Backend backend = new Backend("registry-1");

    /** A backend that probes. */
    private final class Backend {

        private final String registry;
        private OptionalLong stamp = OptionalLong.empty();
        private long seen;
        private long closedUpTo;
        private boolean adopting;
        private Optional<HostIncarnation> refused = Optional.empty();

        Backend(String registry) {
            this.registry = registry;
        }

        ProbeRequest request() {
            return new ProbeRequest(registry, LEASE, stamp, seen, closedUpTo, adopting, refused);
        }

        /** Probes and works the reply in. */
        ProbeReply probe() {
            ProbeReply reply = probed.onProbe(request());
            stamp = OptionalLong.of(reply.stamp());
            return reply;
        }

        /** Probes, and the reply gets lost. */
        void probeInVain() {
            probed.onProbe(request());
        }

        /** Probes twice, so that the host has a lease from now on. */
        void lease() {
            probe();
            probe();
        }

        /** Probes every three seconds, as backends do. */
        void keepProbingFor(Duration time) {
            for (long left = time.toSeconds(); left > 0; left -= 3) {
                rig.time.advance(Duration.ofSeconds(Math.min(3, left)));
                probe();
            }
        }
    }

    private HostIncarnation life() {
        return rig.host.status().host();
    }

    /** Lets somebody in and out again, and waits until the room is released. */
    private void openAndRelease(String user) {
        rig.join(user).end(LeaveReason.LEFT);
        rig.time.advance(IDLE);
    }

    // The lease

    @Test
    void theFirstProbeAsksAndTheSecondGrants() {
        ProbeReply first = backend.probe();
        assertThat(first.host()).isEqualTo(life());
        assertThat(rig.host.status().ready()).isFalse();

        backend.probe();

        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.reports.lines).containsExactly("lease true");
    }

    @Test
    void theLeaseCountsFromTheReplyWhoseStampTheProbeCarries() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        rig.time.advance(Duration.ofSeconds(5));
        backend.probe();
        rig.time.advance(Duration.ofSeconds(5));
        backend.probe();

        rig.time.advance(SERVES.minusSeconds(5).minus(INSTANT));
        assertThat(alice.isOpen()).isTrue();
        rig.time.advance(INSTANT);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aProbeThatWasHeldUpExtendsNothing() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        ProbeRequest delayed = backend.request();
        rig.time.advance(Duration.ofSeconds(10));

        probed.onProbe(delayed);
        rig.time.advance(SERVES.minusSeconds(10));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aProbeThatComesAfterTheEndFindsTheNextLifeAndGrantsItNothing() {
        backend.lease();
        HostIncarnation before = life();
        RecordingConnection alice = rig.join("alice");
        rig.registryTasks.hold();
        rig.time.advance(SERVES);
        assertThat(alice.isOpen()).isTrue();

        ProbeReply reply = backend.probe();

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(reply.host()).isEqualTo(life()).isNotEqualTo(before);
        assertThat(rig.host.status().ready()).isFalse();
        backend.probe();
        assertThat(rig.host.status().ready()).isTrue();
        rig.registryTasks.release();
        assertThat(rig.host.status().ready()).isTrue();
    }

    @Test
    void aStampOfAnEarlierLifeGrantsNothing() {
        backend.lease();
        ProbeRequest old = backend.request();
        rig.time.advance(SERVES);

        probed.onProbe(old);
        probed.onProbe(old);

        assertThat(rig.host.status().ready()).isFalse();
    }

    @Test
    void lostRepliesCostTimeButNothingElse() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        for (int i = 0; i < 3; i++) {
            rig.time.advance(Duration.ofSeconds(3));
            backend.probeInVain();
        }

        backend.probe();
        backend.keepProbingFor(Duration.ofMinutes(2));

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void aHostThatIsNoLongerProbedClosesItsRooms() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        HostIncarnation before = life();

        rig.time.advance(SERVES);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(life()).isNotEqualTo(before);
        assertThat(rig.reports.lines).endsWith("lease false");
    }

    @Test
    void aHostThatWasSuspendedHandlesNothingAfterwards() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");

        rig.time.shiftWallClock(LEASE);
        alice.send(event("late"));

        assertThat(rig.script.happened).doesNotContain("alice late").contains("leave alice LEASE_LOST");
    }

    // Releases

    @Test
    void aReleaseIsToldUntilTheRegistryHasSeenIt() {
        backend.lease();
        openAndRelease("alice");
        Released expected = new Released(1, ROOM, new Epoch(1), Release.IDLE);

        assertThat(backend.probe().releases()).containsExactly(expected);
        backend.probeInVain();
        assertThat(backend.probe().releases()).containsExactly(expected);
        backend.seen = 1;

        assertThat(backend.probe().releases()).isEmpty();
    }

    @Test
    void aRoomThatEndedForGoodIsToldSo() {
        rig.script.on("end", (room, session, event) -> room.close());
        backend.lease();

        rig.join("alice").send(event("end"));

        assertThat(backend.probe().releases()).containsExactly(new Released(1, ROOM, new Epoch(1), Release.CLOSED));
        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void aReleaseThatNobodyHasHeardOfIsTakenBackByTheNextClient() {
        backend.lease();
        openAndRelease("alice");

        rig.join("bob");

        assertThat(rig.script.happened).endsWith("close IDLE", "open", "join bob");
        assertThat(backend.probe().releases()).isEmpty();
    }

    @Test
    void aReleaseForGoodIsNotTakenBack() {
        rig.script.on("end", (room, session, event) -> room.close());
        backend.lease();
        Ticket ticket = rig.ticket("bob");
        rig.join("alice").send(event("end"));

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(backend.probe().releases()).hasSize(1);
    }

    @Test
    void aReleaseThatWasToldIsFinalEvenIfTheReplyWasLost() {
        backend.lease();
        openAndRelease("alice");
        backend.probeInVain();

        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(backend.probe().releases()).hasSize(1);
    }

    @Test
    void anEndedOwnershipIsNotOpenedAsLongAsATicketForItMayBeAround() {
        backend.lease();
        openAndRelease("alice");
        for (int i = 0; i < 4; i++) {
            rig.time.advance(Duration.ofSeconds(3));
            backend.probe();
        }
        Ticket madeInTheLastMoment = rig.ticket("bob");
        backend.seen = 1;
        backend.probe();

        backend.keepProbingFor(TICKETS_LIVE);

        assertThat(refusal(rig.knock(madeInTheLastMoment))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void aSecondReleaseOfTheSameOwnershipIsRememberedAsLongAsTheFirst() {
        backend.lease();
        openAndRelease("alice");
        backend.probe();
        backend.seen = 1;
        backend.probe();
        backend.keepProbingFor(Duration.ofSeconds(60));
        rig.registry.reassign(ROOM, life());
        openAndRelease("bob");
        Ticket late = rig.ticket("carol");
        backend.probe();
        backend.seen = 2;
        backend.keepProbingFor(Duration.ofSeconds(20));

        assertThat(refusal(rig.knock(late))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void anEndedOwnershipIsForgottenAtLast() {
        backend.lease();
        openAndRelease("alice");
        int timers = rig.time.pendingTimers();
        backend.probe();
        backend.seen = 1;

        backend.keepProbingFor(Duration.ofMinutes(3));

        assertThat(rig.time.pendingTimers()).isEqualTo(timers);
    }

    @Test
    void aNewOwnershipOfAReleasedRoomOpens() {
        backend.lease();
        openAndRelease("alice");
        backend.probe();
        rig.registry.reassign(ROOM, life());

        assertThat(rig.knock("bob").isOpen()).isTrue();
    }

    @Test
    void manyReleasesAreToldInPortions() {
        backend.lease();
        for (int i = 0; i < 1_500; i++) {
            RoomAssignment room = rig.registry.assign(RoomId.of("room-" + i), life());
            rig.knock(rig.ticket("alice", room, RoomSpec.defaults())).end(LeaveReason.LEFT);
        }
        rig.time.advance(IDLE);

        ProbeReply first = backend.probe();
        backend.seen = 1_000;
        ProbeReply second = backend.probe();

        assertThat(first.releases()).hasSize(1_000);
        assertThat(second.releases()).hasSize(500);
        assertThat(second.releases().get(0).number()).isEqualTo(1_001);
    }

    @Test
    void releasesOfALostLifeAreNotTold() {
        backend.lease();
        openAndRelease("alice");

        rig.time.advance(SERVES);

        assertThat(backend.probe().releases()).isEmpty();
    }

    // Claims that were taken back

    @Test
    void aClaimThatWasTakenBackUnusedIsNotOpened() {
        backend.lease();
        Ticket ticket = rig.ticket("alice");
        backend.closedUpTo = 1;
        backend.probe();

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(rig.script.happened).isEmpty();
    }

    @Test
    void aClaimMadeAfterwardsIsOpened() {
        backend.lease();
        rig.ticket("alice");
        backend.closedUpTo = 1;
        backend.probe();
        rig.registry.reassign(ROOM, life());

        assertThat(rig.knock("alice").isOpen()).isTrue();
        assertThat(backend.probe().newestEpoch()).isEqualTo(2);
    }

    @Test
    void aRoomThatIsOpenIsHeldAndNotTakenBack() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        backend.closedUpTo = 1;
        backend.adopting = true;

        assertThat(backend.probe().held()).containsExactly(new HeldRoom(ROOM, RoomSpec.defaults(), new Epoch(1)));
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.knock("bob").isOpen()).isTrue();
    }

    @Test
    void aRoomThatWasHeldButDidNotOpenIsReleased() {
        backend.lease();
        rig.registryTasks.hold();
        RecordingConnection alice = rig.knock("alice");
        backend.closedUpTo = 1;
        backend.adopting = true;
        assertThat(backend.probe().held()).hasSize(1);

        rig.registryTasks.release();

        assertThat(refusal(alice)).isEqualTo(ErrorCode.NOT_OWNER);
        backend.adopting = false;
        assertThat(backend.probe().releases()).containsExactly(new Released(1, ROOM, new Epoch(1), Release.IDLE));
        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(backend.probe().releases()).hasSize(1);
    }

    @Test
    void aRoomThatHasClosedIsNotHeld() {
        backend.lease();
        openAndRelease("alice");
        backend.adopting = true;

        assertThat(backend.probe().held()).isEmpty();
    }

    // Registries

    @Test
    void anotherRegistryIsRefusedWhileTheFirstOneProbes() {
        backend.lease();
        Backend rival = new Backend("registry-2");

        rig.time.advance(Duration.ofMillis(4_999));

        assertThatThrownBy(rival::probe).isInstanceOf(RoutingException.Forbidden.class);
        backend.probe();
        rig.time.advance(Duration.ofMillis(4_999));
        assertThatThrownBy(rival::probe).isInstanceOf(RoutingException.Forbidden.class);
    }

    @Test
    void anotherRegistryTakesOverAfterSilenceAndAdoptsTheRooms() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        rig.time.advance(LEASE.dividedBy(3));
        Backend next = new Backend("registry-2");
        next.adopting = true;

        ProbeReply reply = next.probe();

        assertThat(reply.held()).extracting(HeldRoom::room).containsExactly(ROOM);
        assertThat(reply.newestEpoch()).isEqualTo(1);
        next.keepProbingFor(Duration.ofMinutes(1));
        assertThat(alice.isOpen()).isTrue();
        assertThatThrownBy(backend::probe).isInstanceOf(RoutingException.Forbidden.class);
    }

    @Test
    void theFormerRegistrysStampsMeanNothingToTheNext() {
        backend.lease();
        rig.time.advance(LEASE.dividedBy(3));
        Backend next = new Backend("registry-2");
        next.stamp = backend.stamp;

        next.probe();
        rig.time.advance(SERVES.minus(LEASE.dividedBy(3)));

        assertThat(rig.reports.lines).endsWith("lease false");
    }

    @Test
    void whatWasReleasedUnderTheFormerRegistryStaysReleased() {
        backend.lease();
        openAndRelease("alice");
        Ticket old = rig.ticket("bob");
        rig.time.advance(LEASE.dividedBy(3));
        Backend next = new Backend("registry-2");

        next.probe();
        next.keepProbingFor(TICKETS_LIVE);

        assertThat(refusal(rig.knock(old))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(next.probe().releases()).isEmpty();
    }

    // Starting and stopping

    @Test
    void aProbeBeforeTheStartIsRefused() {
        assertThatThrownBy(() -> new ProbedHost().onProbe(backend.request()))
                .isInstanceOf(RoutingException.Forbidden.class)
                .hasMessageContaining("has not been started");
    }

    @Test
    void anEarServesOneHost() {
        assertThatIllegalStateException().isThrownBy(() -> new HostRig(builder -> builder.probed(probed)));
    }

    @Test
    void theReplyDescribesTheHost() {
        backend.lease();
        rig.join("alice");

        ProbeReply reply = backend.probe();

        assertThat(reply.state()).isEqualTo(HostState.ACTIVE);
        assertThat(reply.load().rooms()).isEqualTo(1);
        assertThat(reply.load().connections()).isEqualTo(1);
        assertThat(reply.capacity().rooms()).isEqualTo(10_000);
        assertThat(reply.held()).isEmpty();
    }

    @Test
    void drainingWaitsUntilTheBackendKnows() {
        backend.lease();
        RecordingConnection alice = rig.join("alice");
        Thread draining = new Thread(() -> rig.host.drain(Duration.ofSeconds(20)));
        draining.start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> draining.getState() == Thread.State.TIMED_WAITING);
        assertThat(closing(alice)).isEqualTo(LeaveReason.HOST_DRAINING);

        ProbeReply reply = backend.probe();

        assertThat(reply.state()).isEqualTo(HostState.DRAINING);
        assertThat(reply.releases()).hasSize(1);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !draining.isAlive());
    }

    @Test
    void newsWaitForTheNextProbe() {
        backend.lease();
        rig.time.advance(Duration.ofMillis(800));
        backend.probe();

        rig.time.advance(Duration.ofMillis(300));
        assertThat(probed.desk().newsDelay()).isBetween(Duration.ofMillis(500), Duration.ofMillis(700));

        rig.time.advance(Duration.ofSeconds(3));
        assertThat(probed.desk().newsDelay()).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void aDrainingHostTakesNoReleaseBackForAClientThatItWouldRefuse() {
        backend.lease();
        rig.join("alice");
        Thread draining = new Thread(() -> rig.host.drain(Duration.ofSeconds(20)));
        draining.start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> draining.getState() == Thread.State.TIMED_WAITING);

        RecordingConnection late = rig.knock("bob");

        assertThat(refusal(late)).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(backend.probe().releases()).extracting(Released::number).containsExactly(1L);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !draining.isAlive());
    }

    @Test
    void aClosedHostStillTellsWhatItReleasedButTakesNothing() {
        backend.lease();
        rig.join("alice");
        rig.host.close();

        ProbeReply reply = backend.probe();
        backend.probe();

        assertThat(reply.releases()).hasSize(1);
        assertThat(reply.state()).isEqualTo(HostState.DRAINING);
        assertThat(rig.host.status().ready()).isFalse();
        assertThat(rig.time.pendingTimers()).isZero();
    }
}
