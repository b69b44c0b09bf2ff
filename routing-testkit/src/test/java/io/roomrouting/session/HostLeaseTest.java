package io.roomrouting.session;

import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host acts only as long as its lease surely holds, and takes part again as soon as it can. */
class HostLeaseTest {

    private static final Duration LEASE = ScriptedRegistry.LEASE;
    private static final Duration ADMITS = share(0.7);
    private static final Duration SERVES = share(0.85);
    private static final Duration INSTANT = Duration.ofNanos(1);

    private final HostRig rig = new HostRig();

    private static Duration share(double part) {
        return Duration.ofNanos((long) (LEASE.toNanos() * part));
    }

    @Test
    void theLeaseIsRenewedEveryThird() {
        rig.time.advance(LEASE.multipliedBy(4));

        assertThat(rig.registry.asked).containsOnly("join", "heartbeat");
        assertThat(rig.registry.count("heartbeat")).isEqualTo(12);
        assertThat(rig.reports.lines).containsExactly("lease true");
        assertThat(rig.host.status().ready()).isTrue();
    }

    @Test
    void withoutRenewalNobodyIsAdmittedAfterSevenTenths() {
        rig.join("alice");
        rig.registry.outOfReach();

        rig.time.advance(ADMITS.minus(INSTANT));
        assertThat(rig.host.status().ready()).isTrue();
        rig.join("bob");
        rig.time.advance(INSTANT);

        assertThat(rig.host.status().ready()).isFalse();
        assertThat(refusal(rig.knock("carol"))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void whoKnockedInTimeButWaitedTooLongIsRefused() {
        List<RecordingConnection> knocked = new ArrayList<>();
        rig.script.on("busy", (room, session, event) -> {
            knocked.add(rig.knock("bob"));
            rig.time.advance(INSTANT);
        });
        RecordingConnection alice = rig.join("alice");
        rig.registry.outOfReach();
        rig.time.advance(ADMITS.minus(INSTANT));

        alice.send(event("busy"));

        assertThat(refusal(knocked.get(0))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void withoutRenewalTheRoomsCloseBeforeTheLeaseEnds() {
        RecordingConnection alice = rig.join("alice");
        HostIncarnation before = rig.host.status().host();
        rig.registry.outOfReach();

        rig.time.advance(SERVES.minus(INSTANT));
        alice.send(event("still"));
        assertThat(alice.isOpen()).isTrue();
        rig.time.advance(INSTANT);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.script.happened)
                .containsExactly("open", "join alice", "alice still", "leave alice LEASE_LOST", "close LEASE_LOST");
        assertThat(rig.registry.count("release")).isZero();
        assertThat(rig.reports.lines).endsWith("lease false");
        assertThat(rig.host.status().host()).isNotEqualTo(before);
        assertThat(rig.host.status().load().rooms()).isZero();
    }

    @Test
    void clientsOfALostRoomAreToldToComeBackAtDifferentTimes() {
        var clients =
                IntStream.range(0, 50).mapToObj(i -> rig.join("user-" + i)).toList();
        rig.registry.outOfReach();
        rig.time.advance(SERVES);

        List<Duration> delays = clients.stream()
                .map(client -> client.closing().orElseThrow().retryAfter())
                .toList();

        assertThat(delays)
                .allSatisfy(delay -> assertThat(delay).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2)));
        assertThat(new HashSet<>(delays)).hasSizeGreaterThan(40);
    }

    @Test
    void afterALossTheHostJoinsAsANewLifeWithoutRooms() {
        rig.join("alice");
        rig.registry.outOfReach();
        rig.time.advance(SERVES);
        HostIncarnation next = rig.host.status().host();

        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.host.status().host()).isEqualTo(next);
        assertThat(rig.registry.lives()).endsWith(next);
        assertThat(rig.registry.lastHeld()).isEmpty();
        rig.registry.reassign(HostRig.ROOM, next);
        assertThat(rig.knock("alice").isOpen()).isTrue();
    }

    @Test
    void roomsOfTheFormerLifeThatAreNotClosedYetAreNotTheNewOnes() {
        rig.join("alice");
        rig.registry.outOfReach();
        rig.roomTasks.hold();

        rig.time.advance(SERVES);
        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.script.happened).doesNotContain("close LEASE_LOST");
        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.registry.lastHeld()).isEmpty();
        rig.roomTasks.runAll();
        assertThat(rig.script.happened).endsWith("close LEASE_LOST");
    }

    @Test
    void aHostThatWasPausedHandlesNothingAfterwards() {
        RecordingConnection alice = rig.join("alice");
        rig.registryTasks.hold();
        rig.time.advance(SERVES);
        assertThat(alice.isOpen()).isTrue();

        alice.send(event("late"));

        assertThat(rig.script.happened)
                .containsExactly("open", "join alice", "leave alice LEASE_LOST", "close LEASE_LOST");
        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void timersAndResultsOfALostRoomDoNotRun() {
        rig.script.onJoin((room, session) -> {
            room.schedule(SERVES, () -> rig.script.happened.add("timer"));
            room.offload(() -> "x", result -> rig.script.happened.add("result"), failure -> {});
        });
        rig.offloaded.hold();
        rig.join("alice");
        rig.registryTasks.hold();

        rig.time.advance(SERVES);
        rig.offloaded.runAll();

        assertThat(rig.script.happened).doesNotContain("timer", "result").contains("close LEASE_LOST");
    }

    @Test
    void aMachineThatWasSuspendedHandlesNothingAfterwards() {
        RecordingConnection alice = rig.join("alice");

        rig.time.shiftWallClock(SERVES);
        alice.send(event("late"));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.script.happened).doesNotContain("alice late");
    }

    @Test
    void aWallClockThatIsSetBackExtendsNothing() {
        RecordingConnection alice = rig.join("alice");
        rig.registry.outOfReach();

        rig.time.shiftWallClock(Duration.ofHours(-1));
        rig.time.advance(SERVES);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aShortOutageGoesUnnoticed() {
        RecordingConnection alice = rig.join("alice");
        rig.registry.outOfReach();
        rig.time.advance(Duration.ofSeconds(9));
        rig.registry.backAgain();

        rig.time.advance(LEASE.multipliedBy(2));

        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.reports.lines).noneMatch(line -> line.equals("lease false"));
    }

    @Test
    void aRegistryThatFailsInAnyWayIsAnOutage() {
        RecordingConnection alice = rig.join("alice");
        rig.registry.failing(new IllegalStateException("broken"));
        rig.time.advance(Duration.ofSeconds(9));
        long beats = rig.registry.count("heartbeat");
        rig.registry.backAgain();

        rig.time.advance(LEASE);

        assertThat(beats).isEqualTo(5);
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void aRenewalCountsFromTheMomentItWasAskedFor() {
        RecordingConnection alice = rig.join("alice");
        rig.registryTasks.hold();
        rig.time.advance(Duration.ofSeconds(5));
        rig.registry.beforeReply(() -> rig.time.advance(Duration.ofSeconds(6)));
        rig.registryTasks.runOne();
        rig.registry.outOfReach();
        rig.registry.beforeReply(() -> {});
        rig.registryTasks.release();

        rig.time.advance(Duration.ofSeconds(5).plus(SERVES).minusSeconds(11).minus(INSTANT));
        assertThat(alice.isOpen()).isTrue();
        rig.time.advance(INSTANT);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aRenewalThatArrivesAfterTheLossRevivesNothing() {
        RecordingConnection alice = rig.join("alice");
        HostIncarnation before = rig.host.status().host();
        rig.registryTasks.hold();
        rig.time.advance(Duration.ofSeconds(5));
        rig.registry.beforeReply(() -> {
            rig.time.advance(Duration.ofSeconds(9));
            alice.send(event("late"));
        });

        rig.registryTasks.runOne();
        rig.registry.beforeReply(() -> {});
        rig.registryTasks.release();
        rig.time.advance(Duration.ZERO);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.registry.lives()).startsWith(before).hasSize(2).doesNotHaveDuplicates();
        assertThat(rig.host.status().ready()).isTrue();
    }

    @Test
    void aRegistryThatHasForgottenTheHostIsToldOfItsRooms() {
        RecordingConnection alice = rig.join("alice");
        HostIncarnation life = rig.host.status().host();
        rig.registry.heartbeatGives(new HeartbeatResult.Unknown());

        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.registry.lives()).containsExactly(life, life);
        assertThat(rig.registry.lastHeld())
                .containsExactly(new HeldRoom(
                        HostRig.ROOM,
                        io.roomrouting.RoomSpec.defaults(),
                        rig.assignment().epoch()));
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.reports.lines).noneMatch(line -> line.equals("lease false"));
    }

    @Test
    void aRegistryThatHasForgottenTheHostAndDoesNotWantItsRoomsEndsThem() {
        RecordingConnection alice = rig.join("alice");
        HostIncarnation before = rig.host.status().host();
        rig.registry
                .heartbeatGives(new HeartbeatResult.Unknown())
                .joinGives(new JoinResult.Refused("rooms that were not granted"));
        rig.time.advance(Duration.ofSeconds(5));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(rig.host.status().host()).isNotEqualTo(before);

        rig.registry.joinGives(new JoinResult.Joined(LEASE));
        rig.time.advance(Duration.ofSeconds(1));
        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.reports.lines).containsSubsequence("lease true", "lease false", "lease true");
    }

    @Test
    void aHostThatIsAlwaysRefusedAsksOncePerSecond() {
        HostRig refused = new HostRig(
                RoomSettings.defaults(),
                builder -> builder,
                new ScriptedRegistry().joinGives(new JoinResult.Refused("no more hosts")));

        refused.time.advance(Duration.ofSeconds(10));

        assertThat(refused.registry.count("join")).isEqualTo(11);
        assertThat(refused.registry.lives()).doesNotHaveDuplicates();
        assertThat(refused.reports.lines).isEmpty();
    }

    @Test
    void aHostThatStartsBeforeItsRegistryIsReadyLater() {
        HostRig early = new HostRig(RoomSettings.defaults(), builder -> builder, new ScriptedRegistry().outOfReach());
        assertThat(early.host.status().ready()).isFalse();
        assertThat(refusal(early.knock("alice"))).isEqualTo(ErrorCode.NOT_OWNER);

        early.time.advance(Duration.ofSeconds(3));
        early.registry.backAgain();
        early.time.advance(Duration.ofSeconds(1));

        assertThat(early.host.status().ready()).isTrue();
        assertThat(early.registry.count("join")).isEqualTo(5);
        assertThat(early.knock("alice").isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 999, 10_007, 15_000, 29_999, 3_600_001})
    void theEndIsNoticedWhateverTheLengthOfTheLease(long millis) {
        Duration odd = Duration.ofMillis(millis).plusNanos(7);
        HostRig some = new HostRig(
                RoomSettings.defaults(),
                builder -> builder,
                new ScriptedRegistry()
                        .joinGives(new JoinResult.Joined(odd))
                        .heartbeatGives(new HeartbeatResult.Renewed(odd, HostState.ACTIVE)));
        RecordingConnection alice = some.join("alice");
        some.time.advance(odd.multipliedBy(3));
        assertThat(alice.isOpen()).isTrue();
        some.registry.outOfReach();

        some.time.advance(odd);

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
    }

    @Test
    void aReleaseThatFindsTheLeaseOverEndsTheLifeSoThatNoLateRenewalRevivesIt() {
        HostRig brief = new HostRig(RoomSettings.defaults().withIdleTimeout(Duration.ZERO));
        RecordingConnection alice = brief.join("alice");
        HostIncarnation life = brief.host.status().host();
        brief.registry.outOfReach();
        alice.end(LeaveReason.LEFT);
        brief.time.advance(Duration.ZERO);
        brief.registryTasks.hold();
        brief.time.advance(ScriptedRegistry.LEASE);

        // The release is tried again before anybody else has looked at the lease.
        brief.registryTasks.runOne();

        assertThat(brief.host.status().host()).isNotEqualTo(life);
        assertThat(brief.registry.count("release")).isEqualTo(1);
    }
}
