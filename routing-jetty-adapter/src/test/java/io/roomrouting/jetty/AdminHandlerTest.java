package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostRegistry;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.session.RoomMember;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What operators are told, and what they can do. */
class AdminHandlerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private AdminFixture admin;

    @BeforeEach
    void start() {
        admin = AdminFixture.start();
    }

    @AfterEach
    void stop() {
        admin.host.emptied();
        admin.close();
    }

    @Test
    void tellsWhatItIs() {
        HttpResponse<String> answer = admin.get("");

        assertThat(json(answer)).isEqualTo(json("{\"data\":{\"app\":\"Admin of a test\",\"version\":\"1.2.3\"}}"));
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void tellsTheLoad() {
        admin.time.advance(Duration.ofMillis(90_900));

        JsonNode load = data(admin.get("load"));

        assertThat(load.path("rooms").intValue()).isEqualTo(2);
        assertThat(load.path("connections").intValue()).isEqualTo(3);
        assertThat(load.path("capacity").intValue()).isEqualTo(51);
        assertThat(load.path("maxConnections").intValue()).isEqualTo(500);
        assertThat(load.path("uptime").intValue()).isEqualTo(90);
        assertThat(load.path("startedAt").textValue()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(load.path("acceptingConnections").booleanValue()).isTrue();
        assertThat(load.path("state").textValue()).isEqualTo("ACTIVE");
        assertThat(load.path("host").textValue()).isEqualTo("host-a");
        assertThat(load.path("incarnation").textValue()).isEqualTo("life-1");
        assertThat(load.path("cpus").intValue()).isPositive();
        assertThat(load.path("loadAverage").isNumber()).isTrue();
        JsonNode memory = load.path("memory");
        assertThat(memory.path("used").longValue())
                .isPositive()
                .isLessThanOrEqualTo(memory.path("committed").longValue());
        assertThat(memory.path("max").longValue())
                .isGreaterThanOrEqualTo(memory.path("committed").longValue());
        assertThat(load.has("drain")).isFalse();
    }

    @Test
    void listsRoomsPageByPage() {
        JsonNode first = data(admin.get("rooms?limit=1"));
        JsonNode second =
                data(admin.get("rooms?limit=1&after=" + first.path("next").textValue()));
        JsonNode all = data(admin.get("rooms?limit=1000&unknown=1"));

        assertThat(first.path("rooms")).hasSize(1);
        assertThat(first.path("total").intValue()).isEqualTo(2);
        assertThat(second.path("rooms")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(all.path("rooms")).hasSize(2);
        assertThat(all.has("next")).isFalse();
        assertThat(data(admin.get("rooms?after=zzz")).path("rooms")).isEmpty();
        assertThat(all.path("rooms").get(0))
                .isEqualTo(json("{\"name\":\"garden\",\"type\":\"chess\",\"clients\":2,\"limit\":50,\"locked\":true,"
                        + "\"visibility\":\"public\",\"epoch\":7,\"openFor\":61,\"metadata\":{\"level\":\"h<ard\"},"
                        + "\"port\":34006}"));
    }

    @Test
    void showsWhoIsInARoom() {
        admin.host.members = CompletableFuture.completedStage(List.of(
                new RoomMember("s1", UserId.of("alice"), true), new RoomMember("s2", UserId.of("b\"ob"), false)));

        JsonNode room = data(admin.get("room/lobby"));

        assertThat(room.path("name").textValue()).isEqualTo("lobby");
        assertThat(room.path("port").intValue()).isEqualTo(34_005);
        assertThat(room.path("members"))
                .isEqualTo(json("[{\"sessionId\":\"s1\",\"user\":\"alice\",\"connected\":true},"
                        + "{\"sessionId\":\"s2\",\"user\":\"b\\\"ob\",\"connected\":false}]"));
        assertProblem(admin.get("room/nowhere"), 404, "ROOM_NOT_FOUND");
    }

    @Test
    void aRoomThatEndsWhileItIsAskedIsUnknown() {
        admin.host.members = CompletableFuture.failedStage(
                RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "it has just ended"));

        assertProblem(admin.get("room/lobby"), 404, "ROOM_NOT_FOUND");
    }

    @Test
    void aRoomThatFailsIsAFaultOfTheServer() {
        admin.host.members = CompletableFuture.failedStage(new IllegalStateException("secret detail"));

        HttpResponse<String> answer = admin.get("room/lobby");

        assertProblem(answer, 500, "INTERNAL_ERROR");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aRoomThatIsStuckIsNotWaitedForForever() throws Exception {
        admin.host.members = new CompletableFuture<>();
        CompletableFuture<Integer> answer = admin.http.getLater("/api/v1/room/lobby", "X-API-Key", AdminFixture.KEY);
        await().atMost(PATIENCE).until(() -> admin.time.pendingTimers() > 0);

        admin.time.advance(Duration.ofSeconds(5));

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(503);
    }

    @Test
    void closesARoomOnce() {
        HttpResponse<String> closed = admin.delete("room/lobby/shutdown");

        assertThat(closed.statusCode()).isEqualTo(202);
        assertThat(closed.body()).isEqualTo("{\"data\":{\"message\":\"Shutting down\"}}");
        assertProblem(admin.delete("room/lobby/shutdown"), 404, "ROOM_NOT_FOUND");
        assertThat(data(admin.get("rooms")).path("rooms")).hasSize(1);
    }

    @Test
    void sendsMessagesToAllRoomsAndToOne() {
        HttpResponse<String> all = admin.post("message", "{\"text\":\" Back at 12:00 \uD83D\uDE00 \",\"more\":[1]}");
        HttpResponse<String> one = admin.post("room/lobby/message", "{\"text\":\"hello\"}");

        assertThat(all.body()).isEqualTo("{\"data\":{\"rooms\":2}}");
        assertThat(one.body()).isEqualTo("{\"data\":{\"rooms\":1}}");
        assertThat(admin.host.effects).hasSize(2);
        assertThat(admin.host.effects.get(0))
                .contains("announcement", "text=Back at 12:00 \uD83D\uDE00", "timestamp=2026-11-21T12:00:00Z");
        assertThat(admin.host.effects.get(1)).contains("to lobby", "announcement", "text=hello");
        assertProblem(admin.post("room/nowhere/message", "{\"text\":\"hello\"}"), 404, "ROOM_NOT_FOUND");
    }

    @Test
    void drainsOnceAtATimeAndTellsOfIt() {
        HttpResponse<String> first = admin.post("drain", "{\"spreadSeconds\":60,\"deadlineSeconds\":600}");
        HttpResponse<String> second = admin.post("drain", "");
        await().atMost(PATIENCE).until(() -> !admin.host.effects.isEmpty());
        JsonNode load = data(admin.get("load"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).contains("\"Draining\"");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).contains("A drain is under way");
        assertThat(load.path("state").textValue()).isEqualTo("DRAINING");
        assertThat(load.path("acceptingConnections").booleanValue()).isFalse();
        assertThat(load.path("drain"))
                .isEqualTo(json("{\"since\":\"2026-11-21T12:00:00Z\",\"spreadSeconds\":60,"
                        + "\"deadline\":\"2026-11-21T12:10:00Z\"}"));

        admin.host.emptied();
        await().atMost(PATIENCE).until(() -> !data(admin.get("load")).has("drain"));
        assertThat(admin.host.effects).containsExactly("drain PT1M PT10M");
        assertThat(data(admin.get("load")).path("state").textValue()).isEqualTo("DRAINING");
    }

    @Test
    void takesADrainBackThatTheHostHasNotHeardOfYet() {
        OperatedHost host = admin.host;
        host.beforeDrain = () -> await().atMost(PATIENCE).until(() -> host.effects.contains("undrain"));
        AdminHandler.Builder onRealTime =
                AdminHandler.builder(AdminAccess.key(AdminFixture.KEY)).host(host);
        try (HttpFixture http = HttpFixture.serving(onRealTime.build())) {
            http.post("/api/v1/drain", "", "X-API-Key", AdminFixture.KEY);
            var undone = http.send("DELETE", "/api/v1/drain", "X-API-Key", AdminFixture.KEY);

            assertThat(undone.statusCode()).isEqualTo(202);
            JsonNode load = data(http.get("/api/v1/load", "X-API-Key", AdminFixture.KEY));
            assertThat(load.path("state").textValue()).isEqualTo("ACTIVE");
            assertThat(load.has("drain")).isFalse();
            assertThat(host.effects).containsSubsequence("undrain", "drain PT10S PT25S", "undrain");
        }
    }

    @Test
    void stopsTheProgramOnce() {
        AtomicInteger stops = new AtomicInteger();
        CountDownLatch mayStop = new CountDownLatch(1);
        try (AdminFixture stoppable = AdminFixture.described(builder -> builder.onShutdown(() -> {
            stops.incrementAndGet();
            join(mayStop);
        }))) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = stoppable.delete("shutdown");

                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(answer.body()).isEqualTo("{\"data\":{\"message\":\"Shutting down\"}}");
            }
            await().atMost(PATIENCE).until(() -> stops.get() > 0);
            mayStop.countDown();
            assertThat(stops).hasValue(1);
        }
    }

    @Test
    void answersBeforeItStopsItsOwnServer() {
        CompletableFuture<AdminFixture> server = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        server.complete(AdminFixture.described(builder -> builder.onShutdown(() -> {
            server.join().close();
            stopped.complete(null);
        })));

        assertThat(server.join().delete("shutdown").statusCode()).isEqualTo(202);
        assertThat(stopped).succeedsWithin(PATIENCE);
    }

    @Test
    void listsHosts() {
        admin.time.advance(Duration.ofSeconds(5));

        JsonNode data = data(admin.get("hosts"));

        assertThat(data)
                .isEqualTo(json("{\"hosts\":[{\"id\":\"host-a\",\"incarnation\":\"life-1\","
                        + "\"address\":\"localhost:8000\",\"state\":\"ACTIVE\",\"rooms\":0,\"connections\":0,"
                        + "\"age\":5,\"capacity\":51,\"maxConnections\":500,\"labels\":{\"region\":\"oslo\"}}],"
                        + "\"total\":1}"));
    }

    @Test
    void aRegistryThatCannotBeReachedIsSaidSo() {
        HostRegistry away = Mockito.mock(HostRegistry.class);
        Mockito.when(away.mayBlock()).thenReturn(true);
        Mockito.when(away.list())
                .thenThrow(RoutingException.unavailable(
                        ErrorCode.REGISTRY_UNAVAILABLE, "no registry", Duration.ofSeconds(2)));
        try (AdminFixture other = AdminFixture.described(builder -> builder.hosts(away))) {
            HttpResponse<String> answer = other.get("hosts");

            assertProblem(answer, 503, "REGISTRY_UNAVAILABLE");
            assertThat(header(answer, "retry-after")).isEqualTo("2");
        }
    }

    @Test
    void withoutAHostThereIsOnlyTheProcess() {
        try (AdminFixture bare = AdminFixture.bare()) {
            for (String path : List.of("rooms", "room/lobby", "hosts")) {
                assertProblem(bare.get(path), 404, "INVALID_REQUEST");
            }
            for (String path : List.of("shutdown", "drain", "room/lobby/shutdown")) {
                assertProblem(bare.delete(path), 404, "INVALID_REQUEST");
            }
            JsonNode load = data(bare.get("load"));
            assertThat(load.path("cpus").intValue()).isPositive();
            assertThat(load.has("rooms")).isFalse();
            assertThat(load.has("capacity")).isFalse();
            assertProblem(bare.http.get("/elsewhere"), 404, "INVALID_REQUEST");
        }
    }

    @Test
    void takesHeadAndTellsTheMethodsOfAPath() {
        var head = admin.http.send("HEAD", "/api/v1/rooms", "X-API-Key", AdminFixture.KEY);
        var put = admin.http.send("PUT", "/api/v1/drain", "X-API-Key", AdminFixture.KEY);
        var options = admin.http.send("OPTIONS", "/api/v1/room/x/shutdown", "X-API-Key", AdminFixture.KEY);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertProblem(put, 405, "INVALID_REQUEST");
        assertThat(header(put, "allow")).isEqualTo("POST, DELETE, OPTIONS");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo("DELETE, OPTIONS");
        assertThat(admin.host.effects).isEmpty();
    }

    @Test
    void refusesASpreadOutOfBounds() {
        AdminHandler.Builder builder = AdminHandler.builder(AdminAccess.key(AdminFixture.KEY));

        assertThatThrownBy(() -> builder.drainSpread(Duration.ofSeconds(3_601)))
                .hasMessageContaining("drainSpread is PT1H1S");
        assertThatThrownBy(() -> builder.drainSpread(Duration.ofSeconds(-1))).hasMessageContaining("drainSpread");
    }

    private static JsonNode data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("data");
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
