package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.system.BackendClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runnable jar as a fleet: two backends and three session servers that join a registry by themselves. */
class FleetIT {

    /** Shorter than an operator would choose, to spare time. */
    private static final int LEASE_SECONDS = 5;

    @TempDir
    Path directory;

    static Stream<SharedEngine> engines() {
        return Stream.of(new SharedEngine.H2(), new SharedEngine.Postgres(), new SharedEngine.Redis());
    }

    @ParameterizedTest
    @MethodSource("engines")
    @Timeout(300)
    void roomsOfHostsThatStopOrDieOpenOnTheOthers(SharedEngine given) throws Exception {
        Map<String, String> settings = new HashMap<>(given.settings(directory));
        settings.put("LEASE_SECONDS", Integer.toString(LEASE_SECONDS));
        try (SharedEngine engine = given;
                Fleet fleet = Fleet.start(directory, settings, 2, 3)) {
            if (engine.needsStart()) {
                assertThat(fleet.backends()).allSatisfy(FleetIT::isOutOfReach);
                engine.start();
            }
            fleet.awaitReady();
            String login = fleet.backends().get(0).login("alice");
            List<String> rooms = fleet.hosts().stream()
                    .map(host -> fleet.roomOn(host, login))
                    .toList();
            assertThat(fleet.backends())
                    .allSatisfy(backend -> assertThat(rooms)
                            .map(room -> backend.resolve(login, room).host())
                            .isEqualTo(fleet.hosts()));

            String stopped = fleet.hosts().get(0);
            fleet.session(stopped).terminate();
            assertThat(fleet.session(stopped).awaitExit(Fleet.PATIENCE)).isEqualTo(143);
            assertThat(firstAnswers(fleet, login, rooms.get(0))).doesNotContain(stopped);

            String killed = fleet.hosts().get(1);
            String survivor = fleet.hosts().get(2);
            long start = System.nanoTime();
            fleet.session(killed).kill();
            fleet.backends().forEach(backend -> awaitRoomOn(survivor, backend, login, rooms.get(1)));
            Duration outage = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    "%s: a room of a killed host was found elsewhere after %d ms%n", engine, outage.toMillis());

            fleet.backends().forEach(backend -> rooms.forEach(room -> awaitRoomOn(survivor, backend, login, room)));
            ChatClient.join(fleet.backends().get(1).resolve(login, rooms.get(1)))
                    .close();
            assertThat(fleet.output()).noneMatch(line -> line.contains(SharedEngine.PASSWORD));
        }
    }

    private static void isOutOfReach(BackendClient backend) {
        Answer answer = backend.get("/ready", "");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("REGISTRY_UNAVAILABLE");
        assertThat(backend.get("/health", "").status()).isEqualTo(200);
    }

    /** Where each backend says that a room is, as soon as it says so. */
    private static List<String> firstAnswers(Fleet fleet, String login, String room) {
        return fleet.backends().stream()
                .map(backend -> awaitRoom(backend, login, room, host -> true))
                .toList();
    }

    private static void awaitRoomOn(String host, BackendClient backend, String login, String room) {
        awaitRoom(backend, login, room, host::equals);
    }

    private static String awaitRoom(BackendClient backend, String login, String room, Predicate<String> wanted) {
        Answer found = await().pollInterval(Duration.ofMillis(50))
                .atMost(Fleet.PATIENCE)
                .until(
                        () -> backend.get("/api/rooms/" + room, login),
                        answer -> answer.status() == 200
                                && wanted.test(BackendClient.routeOf(answer).host()));
        return BackendClient.routeOf(found).host();
    }
}
