package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.system.BackendClient.Answer;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import io.roomrouting.examples.system.ChatClient.Close;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as a backend and two session servers, each a process of its own. */
class SeparateProcessesIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void theDocumentedAnswersAreGivenAndRoomsAreSpreadEvenly() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 2)) {
            BackendClient backend = cluster.client();
            assertDocumentedAnswers(backend);
            assertEvenSpread(backend, cluster);
            assertThatAllMeet(backend);
        }
    }

    private static void assertDocumentedAnswers(BackendClient backend) {
        assertThat(backend.get("/health", "").body().path("status").asText()).isEqualTo("ok");
        assertThat(backend.get("/ready", "").status()).isEqualTo(200);
        String login = backend.login("alice");
        assertThat(backend.post("/api/login?userId=alice", "", "")
                        .body()
                        .path("token")
                        .asText())
                .isNotEmpty();
        String room = backend.createRoom(login);
        Answer found = backend.get("/api/rooms/" + room, login);
        RouteAnswer route = BackendClient.routeOf(found);
        assertThat(route.roomId()).isEqualTo(room);
        assertThat(route.url()).isEqualTo("ws://" + route.host());
        assertThat(Instant.parse(found.body().path("expiresAt").asText())).isAfter(Instant.EPOCH);
        assertThat(backend.post("/api/login", "", "{\"userId\":7}").status()).isEqualTo(400);
        assertThat(backend.post("/api/login", "", "{\"userId\":").status()).isEqualTo(400);
        assertThat(backend.post("/api/login", "", "\"" + "x".repeat(70_000) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(backend.get("/api/rooms/" + room, "").status()).isEqualTo(401);
        assertThat(backend.get("/api/rooms/unknown", login).status()).isEqualTo(404);
    }

    private static void assertEvenSpread(BackendClient backend, Cluster cluster) {
        String login = backend.login("alice");
        Map<String, Long> roomsByHost = IntStream.range(0, 1_000)
                .mapToObj(i -> backend.resolve(login, backend.createRoom(login)).host())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(roomsByHost).containsOnlyKeys(cluster.hosts());
        assertThat(roomsByHost.values()).allSatisfy(rooms -> assertThat(rooms).isBetween(450L, 550L));
    }

    private static void assertThatAllMeet(BackendClient backend) {
        String room = backend.createRoom(backend.login("user 0"));

        assertThat(IntStream.range(0, 50)
                        .mapToObj(i -> backend.resolveAs("user " + i, room).host()))
                .hasSize(50)
                .containsOnly(backend.resolveAs("user 0", room).host());
    }

    @Test
    void aHostThatIsAskedToStopHandsItsRoomsOver() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 2)) {
            BackendClient backend = cluster.client();
            String host = cluster.hosts().get(0);
            String room = cluster.awaitRoomOn(host);
            ChatClient alice = ChatClient.join(backend.resolveAs("alice", room));

            long start = System.nanoTime();
            cluster.session(host).terminate();

            Close close = alice.awaitClose();
            assertThat(close.code()).isEqualTo(4101);
            assertThat(close.reason()).startsWith("HOST_DRAINING");
            RouteAnswer next = awaitAnotherHost(backend, room, host);
            ChatClient.join(next).close();
            Duration handOver = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("A room of a stopping host was open elsewhere after %d ms%n", handOver.toMillis());
            assertThat(handOver).isLessThan(Duration.ofSeconds(10));
            assertThat(cluster.session(host).awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
        }
    }

    @Test
    void theRoomsOfAHostThatIsKilledOpenOnAnother() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 2)) {
            BackendClient backend = cluster.client();
            String host = cluster.hosts().get(0);
            String room = cluster.awaitRoomOn(host);
            ChatClient alice = ChatClient.join(backend.resolveAs("alice", room));

            long start = System.nanoTime();
            cluster.session(host).kill();

            assertThat(alice.awaitClose().code()).isEqualTo(1006);
            RouteAnswer next = awaitAnotherHost(backend, room, host);
            ChatClient.join(next).close();
            Duration outage = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("A room of a killed host was open elsewhere after %d ms%n", outage.toMillis());
            assertThat(outage).isLessThan(BOUND);
        }
    }

    private static RouteAnswer awaitAnotherHost(BackendClient backend, String room, String gone) {
        String login = backend.login("alice");
        Answer found = await().pollInterval(Duration.ofMillis(100))
                .atMost(BOUND)
                .until(
                        () -> backend.get("/api/rooms/" + room, login),
                        answer -> answer.status() == 200
                                && !BackendClient.routeOf(answer).host().equals(gone));
        return BackendClient.routeOf(found);
    }
}
