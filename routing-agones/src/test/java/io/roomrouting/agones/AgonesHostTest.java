package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomrouting.HostCapacity;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a game server follows the session host that runs on it. */
class AgonesHostTest {

    private final FakeFleet fleet = new FakeFleet();
    private final FakeFleet.Server gameServer = fleet.add("rooms-a", 7001, 10).become("Scheduled");
    private final FakeSidecar fake = new FakeSidecar(gameServer);
    private final Sidecar sidecar = Sidecar.at(fake.uri());
    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final Heard heard = new Heard();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(sidecar, fake));
    private final Visitors visitors = new Visitors(registry);

    /** Keeps what it is told. */
    private static final class Heard implements AgonesHostListener {
        private final AtomicInteger missed = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final List<String> states = new CopyOnWriteArrayList<>();
        private final List<Long> differences = new CopyOnWriteArrayList<>();

        @Override
        public void healthMissed(int inARow, Throwable failure) {
            missed.set(inARow);
        }

        @Override
        public void upkeepFailed(int inARow, Throwable failure) {
            failures.set(inARow);
        }

        @Override
        public void stateChanged(String before, String now) {
            states.add(before + ">" + now);
        }

        @Override
        public void counterChanged(long difference) {
            differences.add(difference);
        }
    }

    private AgonesHostBuilder settings() {
        return AgonesHost.builder(sidecar)
                .healthInterval(Duration.ofMillis(20))
                .upkeepInterval(Duration.ofMillis(20))
                .drainedAfter(Duration.ofMillis(50))
                .shortAfter(Duration.ofMillis(500))
                .listener(heard);
    }

    private SessionHost started(AgonesHost agones) {
        SessionHost host = sessionHost(agones);
        agones.start(host);
        return host;
    }

    private SessionHost sessionHost(AgonesHost agones) {
        SessionHost host = SessionHost.builder()
                .id(server().hostId())
                .address(server().address("default"))
                .registry(registry)
                .capacity(new HostCapacity(10, 1_000))
                .rooms(room -> new RoomHandler() {}, RoomSettings.defaults().withIdleTimeout(Duration.ZERO))
                .listener(agones.sessionListener())
                .start();
        open.add(0, host);
        open.add(0, agones);
        return host;
    }

    private GameServer server() {
        try {
            return sidecar.gameServer();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void theGameServerIsReadyWhenTheHostIs() {
        AgonesHost agones = settings().build();
        assertThat(gameServer.state()).isEqualTo("Scheduled");

        started(agones);

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
        assertThat(registry.list())
                .extracting(host -> host.host().host().value())
                .containsExactly("rooms-a");
    }

    @Test
    void theGameServerSaysWhichHostItIs() {
        started(settings().build());

        await().atMost(Duration.ofMinutes(1))
                .until(() -> gameServer.label("agones.dev/sdk-room-host").equals("rooms-a"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> gameServer.label("agones.dev/sdk-room-draining").equals("false"));
    }

    @Test
    void signsOfLifeGoOnUntilItIsClosed() {
        AgonesHost agones = settings().build();
        started(agones);
        await().atMost(Duration.ofMinutes(1)).until(() -> fake.calls("/health") >= 3);

        agones.close();

        // One may be under way.
        AtomicInteger last = new AtomicInteger(-1);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(150))
                .until(() -> {
                    int now = fake.calls("/health");
                    return last.getAndSet(now) == now;
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeSidecar.Mood.class,
            names = {"BROKEN", "HANGING"})
    void missedSignsOfLifeAreReportedUntilTheyArriveAgain(FakeSidecar.Mood mood) {
        started(settings().build());
        await().atMost(Duration.ofMinutes(1)).until(() -> fake.calls("/health") >= 1);

        fake.become(mood);
        await().atMost(Duration.ofMinutes(1)).until(() -> heard.missed.get() >= 2);
        fake.become(FakeSidecar.Mood.WELL);

        int before = fake.calls("/health");
        await().atMost(Duration.ofMinutes(1)).until(() -> fake.calls("/health") >= before + 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeSidecar.Mood.class,
            names = {"BROKEN", "BABBLING"})
    void aSideCarThatIsNotWellAtFirstIsTriedUntilItIs(FakeSidecar.Mood mood) {
        AgonesHost agones = settings().build();
        SessionHost host = sessionHost(agones);
        fake.become(mood);
        agones.start(host);
        await().atMost(Duration.ofMinutes(1)).until(() -> heard.failures.get() >= 2);

        fake.become(FakeSidecar.Mood.WELL);

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
    }

    @Test
    void theCounterGoesDownWhenARoomEnds() {
        SessionHost host = started(settings().build());
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
        gameServer.change(2);
        gameServer.become("Allocated");
        visitors.enter(host, "room-1");
        Visitors.Visit other = visitors.enter(host, "room-2");

        other.endsTheRoom();

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.count() == 1);
        await().atMost(Duration.ofMinutes(1)).during(Duration.ofMillis(200)).until(() -> gameServer.count() == 1);
        assertThat(heard.differences).containsExactly(-1L);
        assertThat(gameServer.state()).isEqualTo("Allocated");
    }

    @Test
    void aLostAnswerOfTheSideCarCostsNoPlaceForGood() {
        SessionHost host =
                started(settings().unusedAfter(Duration.ofMillis(300)).build());
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
        gameServer.change(5);
        for (int i = 0; i < 4; i++) {
            visitors.enter(host, "room-" + i);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> host.status().load().rooms() == 4);

        fake.loseChanges(true);
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.count() < 5);
        fake.loseChanges(false);

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.count() == 4);
        await().atMost(Duration.ofMinutes(1)).during(Duration.ofMillis(500)).until(() -> gameServer.count() == 4);
    }

    @Test
    void aPlaceForARoomThatNeverComesIsGivenBackAndTheGameServerIsReadyAgain() {
        started(settings()
                .unusedAfter(Duration.ofMillis(200))
                .readyAfter(Duration.ofMillis(100))
                .build());
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));

        gameServer.change(1);
        gameServer.become("Allocated");

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.count() == 0);
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
    }

    @Test
    void aGameServerWithARoomIsNeverLeftReady() {
        SessionHost host = started(settings().build());
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));

        visitors.enter(host, "room-1");

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Allocated"));
    }

    @Test
    void aDrainingHostIsMarkedAndItsGameServerIsShutDownWhenItIsEmpty() {
        SessionHost host = started(settings().build());
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));
        gameServer.change(1);
        visitors.enter(host, "room-1");
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Allocated"));

        registry.mark(host.status().host(), HostState.DRAINING);
        assertThat(host.drain(Duration.ofMillis(10))).isTrue();

        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Shutdown"));
        assertThat(gameServer.label("agones.dev/sdk-room-draining")).isEqualTo("true");
        await().atMost(Duration.ofMinutes(1)).during(Duration.ofMillis(200)).until(() -> fake.calls("/shutdown") == 1);
    }

    @Test
    void shuttingDownDrainsClosesAndTellsAgones() throws IOException {
        AgonesHost agones = settings().build();
        SessionHost host = started(agones);
        await().atMost(Duration.ofMinutes(1)).until(() -> gameServer.state().equals("Ready"));

        assertThat(agones.shutDown(host, Duration.ofMillis(10))).isTrue();

        assertThat(gameServer.state()).isEqualTo("Shutdown");
        assertThat(registry.list()).isEmpty();
    }

    @Test
    void shuttingDownWithoutASideCarClosesTheHostAllTheSame() {
        AgonesHost agones = settings().build();
        SessionHost host = started(agones);
        fake.close();

        assertThatThrownBy(() -> agones.shutDown(host, Duration.ofMillis(10))).isInstanceOf(IOException.class);

        assertThat(registry.list()).isEmpty();
    }

    @Test
    void anUnhealthyGameServerIsLeftToAgones() {
        SessionHost host = started(settings().build());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> heard.states.stream().anyMatch(change -> change.endsWith(">Ready")));

        gameServer.become("Unhealthy");
        visitors.enter(host, "room-1");

        await().atMost(Duration.ofMinutes(1)).until(() -> heard.states.contains("Ready>Unhealthy"));
        await().atMost(Duration.ofMinutes(1))
                .during(Duration.ofMillis(200))
                .until(() -> gameServer.state().equals("Unhealthy"));
    }

    @Test
    void itIsStartedOnce() {
        AgonesHost agones = settings().build();
        SessionHost host = started(agones);

        assertThatThrownBy(() -> agones.start(host)).isInstanceOf(IllegalStateException.class);
    }
}
