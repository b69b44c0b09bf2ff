package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostState;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients and the registry see of a host that stops. */
class DrainAndCloseTest {

    private static final Duration SPREAD = Duration.ofSeconds(10);

    private final HostRig rig = new HostRig();

    @Test
    void drainingTellsTheRegistryBeforeTheFirstClient() {
        rig.script.onLeave((room, session) -> rig.registry.asked.add("client told"));
        rig.join("alice");

        rig.host.drain(SPREAD);

        assertThat(rig.registry.asked)
                .containsExactly("join", "confirm room 1", "heartbeat DRAINING", "client told", "release room 1 IDLE");
        assertThat(rig.script.happened).endsWith("leave alice HOST_DRAINING", "close HOST_DRAINING");
    }

    @Test
    void drainingSpreadsTheReturnOfTheClients() {
        List<RecordingConnection> clients =
                IntStream.range(0, 100).mapToObj(i -> rig.join("user-" + i)).toList();

        rig.host.drain(SPREAD);

        assertThat(clients).allMatch(client -> closing(client) == LeaveReason.HOST_DRAINING);
        List<Duration> delays = clients.stream()
                .map(client -> client.closing().orElseThrow().retryAfter())
                .toList();
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isPositive().isLessThanOrEqualTo(SPREAD));
        assertThat(delays).anyMatch(delay -> delay.compareTo(SPREAD.dividedBy(2)) < 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(SPREAD.dividedBy(2)) > 0);
    }

    @Test
    void listenersHearOnceOfADrainAndOfItsEnd() {
        rig.host.drain(SPREAD);
        rig.host.drain(SPREAD);
        rig.host.undrain();
        rig.host.undrain();

        assertThat(rig.reports.lines)
                .filteredOn(line -> line.startsWith("drains"))
                .containsExactly("drains true", "drains false");
    }

    @Test
    void aDrainingHostIsAliveButNotReady() {
        rig.host.drain(Duration.ZERO);

        rig.time.advance(Duration.ofMinutes(1));

        assertThat(rig.host.status().ready()).isFalse();
        assertThat(rig.host.status().state()).isEqualTo(HostState.DRAINING);
        assertThat(rig.registry.count("heartbeat")).isPositive();
    }

    @Test
    void aRoomThatWasGrantedButNotOpenedIsGivenBack() {
        Ticket ticket = rig.ticket("alice");
        rig.host.drain(SPREAD);

        RecordingConnection alice = rig.knock(ticket);

        assertThat(refusal(alice)).isEqualTo(ErrorCode.HOST_DRAINING);
        assertThat(alice.refusal().flatMap(RoutingException::retryAfter))
                .hasValueSatisfying(delay -> assertThat(delay).isPositive().isLessThanOrEqualTo(SPREAD));
        assertThat(rig.registry.asked).endsWith("release room 1 IDLE");
        assertThat(rig.script.happened).isEmpty();
    }

    @Test
    void aRoomThatIsAboutToOpenDoesNotOutliveTheDrain() {
        rig.registry.beforeReply(() -> {
            rig.registry.beforeReply(() -> {});
            rig.host.drain(Duration.ZERO);
        });

        RecordingConnection alice = rig.knock("alice");

        assertThat(refusal(alice)).isEqualTo(ErrorCode.NOT_OWNER);
        assertThat(rig.script.happened).isEmpty();
        assertThat(rig.host.status().load().rooms()).isZero();
        assertThat(rig.registry.asked).contains("release room 1 IDLE");
    }

    @Test
    void aRegistryThatMissedTheDrainIsToldAgain() {
        rig.registry.outOfReach();
        rig.host.drain(Duration.ZERO);
        rig.registry.backAgain();
        rig.registry.asked.clear();

        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.registry.asked).containsExactly("heartbeat DRAINING");
    }

    @Test
    void aDrainIsToldAgainAfterAHeartbeatThatWasUnderWay() {
        rig.registry.asked.clear();
        rig.registry.beforeReply(() -> {
            rig.registry.beforeReply(() -> {});
            rig.host.drain(Duration.ZERO);
        });

        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.registry.asked).containsExactly("heartbeat", "heartbeat DRAINING", "heartbeat DRAINING");
    }

    @Test
    void aHostDrainsWhenItsRegistryWantsItTo() {
        RecordingConnection alice = rig.join("alice");
        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.DRAINING));

        rig.time.advance(Duration.ofSeconds(5));

        assertThat(closing(alice)).isEqualTo(LeaveReason.HOST_DRAINING);
        assertThat(rig.host.status().state()).isEqualTo(HostState.DRAINING);
        assertThat(rig.registry.count("mark")).isZero();
        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.HOST_DRAINING);
    }

    @Test
    void aDrainThatTheRegistryTakesBackIsOver() {
        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.DRAINING));
        rig.time.advance(Duration.ofSeconds(5));
        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.ACTIVE));
        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.join("alice").isOpen()).isTrue();
        assertThat(rig.reports.lines).containsSubsequence("drains true", "drains false");
    }

    @Test
    void aDrainOfItsOwnIsNotTakenBackByTheRegistry() {
        rig.host.drain(Duration.ZERO);

        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.ACTIVE));
        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.host.status().state()).isEqualTo(HostState.DRAINING);
        assertThat(rig.registry.asked).endsWith("heartbeat DRAINING");
    }

    @Test
    void anOrderHoldsWhenTheHostItselfWantsToGoOn() {
        rig.host.drain(Duration.ZERO);
        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.DRAINING));
        rig.time.advance(Duration.ofSeconds(5));

        rig.host.undrain();

        assertThat(rig.registry.asked).endsWith("heartbeat");
        assertThat(rig.host.status().state()).isEqualTo(HostState.DRAINING);
        rig.registry.heartbeatGives(new HeartbeatResult.Renewed(ScriptedRegistry.LEASE, HostState.ACTIVE));
        rig.time.advance(Duration.ofSeconds(5));
        assertThat(rig.host.status().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    void aRegistryThatMissedTheEndOfADrainIsToldAgain() {
        rig.host.drain(Duration.ZERO);
        rig.registry.outOfReach();
        rig.host.undrain();
        rig.registry.backAgain();

        rig.time.advance(Duration.ofSeconds(5));

        assertThat(rig.registry.asked).endsWith("heartbeat");
        assertThat(rig.host.status().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    void aNewLifeOfADrainingHostDrainsToo() {
        rig.host.drain(Duration.ZERO);
        rig.registry.outOfReach();
        rig.time.advance(ScriptedRegistry.LEASE);
        rig.registry.asked.clear();

        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.registry.asked).containsSequence("join", "heartbeat DRAINING");
    }

    @Test
    void closingTellsClientsReleasesRoomsAndLeaves() {
        RecordingConnection alice = rig.join("alice");
        RecordingConnection bob = rig.knock(rig.ticket(
                "bob", rig.registry.assign(RoomId.of("other"), rig.host.status().host()), RoomSpec.defaults()));

        rig.host.close();

        assertThat(closing(alice)).isEqualTo(LeaveReason.SERVER_STOPPING);
        assertThat(closing(bob)).isEqualTo(LeaveReason.SERVER_STOPPING);
        assertThat(alice.closing().orElseThrow().retryAfter()).isPositive();
        assertThat(rig.registry.asked)
                .contains("release room 1 IDLE", "release other 2 IDLE")
                .endsWith("leave");
        assertThat(rig.script.happened).contains("close SERVER_STOPPING");
    }

    @Test
    void aRegistryThatMissedTheEndIsToldAgain() throws InterruptedException {
        rig.registry.outOfReach();
        Thread closing = closeAndFail();

        rig.time.advance(Duration.ofMillis(999));
        assertThat(rig.registry.count("leave")).isEqualTo(1);
        rig.registry.backAgain();
        rig.time.advance(Duration.ofMillis(1));
        closing.join(30_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(rig.registry.count("leave")).isEqualTo(2);
        assertThat(rig.time.pendingTimers()).isZero();
    }

    @Test
    void aRegistryThatIsNotToBeHadHoldsTheEndUpForFiveSeconds() throws InterruptedException {
        rig.registry.outOfReach();
        Thread closing = closeAndFail();

        for (int second = 1; second < 5; second++) {
            rig.time.advance(Duration.ofSeconds(1));
            Waiting.until(() -> rig.time.pendingTimers() > 0);
            assertThat(closing.isAlive()).isTrue();
        }
        rig.time.advance(Duration.ofSeconds(1));
        closing.join(30_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(rig.registry.count("leave")).isEqualTo(6);
    }

    @Test
    void whoEndsThreadsNeedNotWaitForTheRegistry() throws InterruptedException {
        rig.registry.outOfReach();
        Thread closing = closeAndFail();

        closing.interrupt();
        closing.join(30_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(rig.registry.count("leave")).isEqualTo(1);
    }

    /** Starts to close a host without rooms, and returns when its first farewell has failed. */
    private Thread closeAndFail() {
        Thread closing = new Thread(rig.host::close);
        closing.start();
        Waiting.until(() -> rig.registry.count("leave") == 1 && rig.time.pendingTimers() > 0);
        return closing;
    }

    @Test
    void aClosedHostLeavesNothingBehindAndTakesNobody() {
        rig.script.onOpen(room -> room.scheduleEvery(Duration.ofSeconds(1), () -> {}));
        rig.join("alice");
        Ticket ticket = rig.ticket("bob");

        rig.host.close();
        rig.host.close();
        rig.host.drain(SPREAD);

        assertThat(rig.time.pendingTimers()).isZero();
        assertThat(rig.registry.count("leave")).isEqualTo(1);
        assertThat(rig.host.status().ready()).isFalse();
        assertThat(rig.host.status().load().connections()).isZero();
        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.NOT_OWNER);
        assertThatThrownBy(() -> rig.host.permit("10.0.0.1"))
                .isInstanceOfSatisfying(
                        RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    @Test
    void aRoomThatIsAboutToOpenDoesNotOutliveTheHost() {
        rig.registry.beforeReply(() -> {
            rig.registry.beforeReply(() -> {});
            rig.host.close();
        });

        RecordingConnection alice = rig.knock("alice");

        assertThat(alice.refusal()).isPresent();
        assertThat(rig.script.happened).isEmpty();
        assertThat(rig.host.status().load().rooms()).isZero();
        assertThat(rig.time.pendingTimers()).isZero();
    }

    @Test
    void aJoinThatArrivesAfterTheEndIsTakenBack() {
        ScriptedRegistry registry = new ScriptedRegistry();
        TaskQueue calls = new TaskQueue().hold();
        HostRig late = new HostRig(RoomSettings.defaults(), builder -> builder.blockingExecutor(calls), registry);
        registry.beforeReply(() -> {
            registry.beforeReply(() -> {});
            late.host.close();
        });

        calls.runAll();

        assertThat(registry.asked).containsExactly("join", "leave", "leave");
        assertThat(late.reports.lines).isEmpty();
        assertThat(late.time.pendingTimers()).isZero();
    }

    @Test
    void closingWaitsForAStuckRegistryButNotForEver() throws InterruptedException {
        rig.join("alice");
        rig.registryTasks.hold();
        int timers = rig.time.pendingTimers();
        Thread closing = new Thread(rig.host::close);

        closing.start();
        // Its own patience is one timer; those of the lease are still there.
        Waiting.until(() -> rig.time.pendingTimers() > timers);
        rig.time.advance(Duration.ofMillis(4_900));
        assertThat(closing.isAlive()).isTrue();
        rig.time.advance(Duration.ofMillis(100));
        closing.join(10_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(rig.script.happened).endsWith("leave alice SERVER_STOPPING", "close SERVER_STOPPING");
        assertThat(rig.registry.assign(ROOM, rig.host.status().host()).epoch().value())
                .isEqualTo(1);
    }
}
