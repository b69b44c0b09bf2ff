package io.roomrouting.hathora;

import static io.roomrouting.hathora.HathoraRig.ALICE;
import static io.roomrouting.hathora.HathoraRig.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.testkit.hathora.Mischief;
import io.roomrouting.testkit.hathora.Prank;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HathoraSchedulerTest {

    private static final Duration VALIDITY = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HathoraRig rig = new HathoraRig(
            TimeSource.system(), fake -> fake.roomsPerProcess(2), scheduler -> scheduler.validity(VALIDITY));
    private final RoomRouter router = rig.router(rig.registry, TIMEOUT);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aRoomIsPlacedOnAProcessThatIsStartedForIt() {
        Placement placement = rig.place(LOBBY);

        assertThat(placement.validity()).contains(VALIDITY);
        assertThat(placement.host())
                .isEqualTo(rig.processes.at(placement.address()).host().status().host());
        assertThat(rig.fake.rooms()).containsExactly(LOBBY.value());
        assertThat(rig.fake.processes()).isEqualTo(1);
    }

    @Test
    void aPlaceIsAskedForAgainWhenItsTimeIsOverAndStaysTheSameOwnership() {
        HostAddress address =
                router.findOrStart(LOBBY, RoomSpec.defaults(), ALICE).address();
        int asked = rig.fake.requests("connectioninfo", LOBBY.value());
        var before = rig.registry.find(LOBBY).orElseThrow().assignment();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.registry.find(LOBBY).orElseThrow().assignment().isEmpty());

        assertThat(router.find(LOBBY, ALICE).address()).isEqualTo(address);

        assertThat(rig.fake.requests("connectioninfo", LOBBY.value())).isGreaterThan(asked);
        assertThat(rig.registry.find(LOBBY).orElseThrow().assignment()).isEqualTo(before);
    }

    @Test
    void aRoomWhoseProcessHasEndedIsFoundOnAnother() {
        HostAddress gone = router.findOrStart(LOBBY, RoomSpec.defaults(), ALICE).address();

        rig.processes.at(gone).die();

        await().atMost(TIMEOUT).until(() -> !router.find(LOBBY, ALICE).address().equals(gone));
    }

    @Test
    void aRoomWhoseProcessIsSilentIsResumedThoughTheProviderHasNotNoticed() {
        Placement first = rig.place(LOBBY);
        rig.processes.cutOff(first.address());
        try (HathoraScheduler stranger = HathoraScheduler.builder(rig.rooms, address -> Optional.empty())
                .polling(Duration.ofMillis(1), Duration.ofMillis(2))
                .build()) {
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> stranger.place(new PlacementRequest(
                            LOBBY, RoomSpec.defaults(), Set.of(), rig.within(Duration.ofSeconds(8)))))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY));
        }

        assertThat(rig.fake.requests("resume", LOBBY.value())).isEqualTo(1);
    }

    @Test
    void aRoomOfADrainingHostMovesToAnother() {
        HostAddress draining =
                router.findOrStart(LOBBY, RoomSpec.defaults(), ALICE).address();
        Thread drain = new Thread(() -> rig.processes.at(draining).host().drain(Duration.ZERO));
        drain.start();
        RoomId next = RoomId.of("next");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.registry.list().stream().anyMatch(host -> host.state() == HostState.DRAINING));

        HostAddress other = router.findOrStart(next, RoomSpec.defaults(), ALICE).address();

        assertThat(other).isNotEqualTo(draining);
    }

    @Test
    void aProcessThatTakesTooLongIsNoCapacityAndIsThereLater() {
        rig.processes.listensAtOnce = false;

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> rig.place(LOBBY, Set.of(), Duration.ofSeconds(2)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY))
                .satisfies(e -> assertThat(e.retryAfter()).isPresent());

        rig.processes.letAllListen();
        assertThat(rig.place(LOBBY)).isNotNull();
        assertThat(rig.fake.requests("create", LOBBY.value())).isEqualTo(1);
    }

    @Test
    void aProviderThatIsSilentIsUnavailableAndNeverNotFound() {
        router.findOrStart(LOBBY, RoomSpec.defaults(), ALICE);
        rig.fake.behave(Mischief.NONE.with(1, EnumSet.of(Prank.SILENCE)));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.registry.find(LOBBY).orElseThrow().assignment().isEmpty());

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(
                        () -> rig.router(rig.registry, Duration.ofSeconds(1)).find(LOBBY, ALICE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE));
    }

    @Test
    void aProviderThatKnowsNoRoomAnyMoreGetsItAgain() {
        router.findOrStart(LOBBY, RoomSpec.defaults(), ALICE);
        rig.rooms.destroy(LOBBY, rig.within(TIMEOUT));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.registry.find(LOBBY).orElseThrow().assignment().isEmpty());

        assertThat(router.find(LOBBY, ALICE).room()).isEqualTo(LOBBY);
    }

    // A backend that has restarted

    @Test
    void aRoomThatOnlyTheProviderKnowsIsFoundWithItsWishes() {
        RoomSpec wishes = RoomSpec.ofType("match").withMaxClients(7).withMetadata(Map.of("map", "de \"dust\""));
        HostAddress address = router.findOrStart(LOBBY, wishes, ALICE).address();
        InMemoryRegistry empty = InMemoryRegistry.create();

        HathoraRoomRegistry asking = new HathoraRoomRegistry(empty, rig.rooms, TIMEOUT);

        assertThat(asking.find(LOBBY).orElseThrow().spec()).isEqualTo(wishes);
        assertThat(rig.router(asking, TIMEOUT).mayBlock()).isTrue();
        assertThat(rig.place(LOBBY).address()).isEqualTo(address);
    }

    @Test
    void aRoomThatNobodyKnowsIsNotFound() {
        HathoraRoomRegistry asking = new HathoraRoomRegistry(rig.registry, rig.rooms, TIMEOUT);

        assertThat(asking.find(LOBBY)).isEmpty();
        assertThat(rig.fake.rooms()).isEmpty();
    }

    @Test
    void aRoomIsNotUnknownBecauseTheProviderCannotBeAsked() {
        HathoraRoomRegistry asking = new HathoraRoomRegistry(rig.registry, rig.rooms, Duration.ofMillis(300));
        rig.fake.behave(Mischief.NONE.with(1, EnumSet.of(Prank.SERVER_ERROR)));

        assertThatExceptionOfType(RoutingException.Unavailable.class).isThrownBy(() -> asking.find(LOBBY));
    }

    @Test
    void aSettlingRegistryAndAProviderThatDoesNotKnowTheRoomAreNotCertain() {
        InMemoryRegistry settling =
                InMemoryRegistry.builder().settleTime(Duration.ofSeconds(15)).build();
        HathoraRoomRegistry asking = new HathoraRoomRegistry(settling, rig.rooms, TIMEOUT);

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> asking.find(LOBBY))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE));
        rig.place(LOBBY);
        assertThat(asking.find(LOBBY)).isPresent();
    }
}
