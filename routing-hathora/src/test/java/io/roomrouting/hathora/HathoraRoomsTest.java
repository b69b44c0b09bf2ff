package io.roomrouting.hathora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HathoraRoomsTest {

    private static final RoomId LOBBY = RoomId.of("lobby");
    private static final String STARTING =
            "{\"roomId\":\"lobby\",\"status\":\"starting\",\"additionalExposedPorts\":[]}";
    private static final String TOKEN = HathoraRig.TOKEN;

    private final FastTime time = new FastTime(10);
    private final ScriptedApi api = new ScriptedApi();
    private final HathoraRooms rooms = HathoraRooms.builder("app-1", TOKEN)
            .baseUrl(api.url())
            .time(time)
            .attemptTimeout(Duration.ofSeconds(10))
            .build();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    HathoraRoomsTest() throws IOException {}

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root().addAppender(log);
        root().setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        root().setLevel(Level.ERROR);
        root().detachAppender(log);
        rooms.close();
        api.close();
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(TOKEN));
    }

    // The contract

    @Test
    void aRoomIsCreatedUnderItsIdInTheQuery() {
        api.then(
                201,
                "{\"roomId\":\"lobby\",\"status\":\"starting\",\"processId\":\"p-1\",\"additionalExposedPorts\":[]}");

        assertThat(rooms.create(LOBBY, HathoraRegion.SAO_PAULO, Optional.of("{\"a\":1}"), in(30)))
                .isEqualTo("p-1");

        assertThat(api.asked).containsExactly("POST /rooms/v2/app-1/create?roomId=lobby Bearer " + TOKEN);
        assertThat(api.bodies).containsExactly("{\"region\":\"Sao_Paulo\",\"roomConfig\":\"{\\\"a\\\":1}\"}");
    }

    @Test
    void aDeploymentIsNamedIfThereIsOne() {
        api.then(
                201,
                "{\"roomId\":\"lobby\",\"status\":\"starting\",\"processId\":\"p-1\",\"additionalExposedPorts\":[]}");
        try (HathoraRooms deployed = HathoraRooms.builder("app-1", TOKEN)
                .baseUrl(api.url())
                .time(time)
                .deployment("d-7")
                .build()) {
            deployed.create(LOBBY, HathoraRegion.TOKYO, Optional.empty(), in(30));
        }

        assertThat(api.bodies).containsExactly("{\"region\":\"Tokyo\",\"deploymentId\":\"d-7\"}");
    }

    @Test
    void aRoomIsStartingUntilItHasAPort() {
        api.then(200, STARTING)
                .then(
                        200,
                        "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":{\"host\":\"h.example.com\",\"port\":4000,"
                                + "\"transportType\":\"tls\",\"name\":\"default\"},\"additionalExposedPorts\":[]}");

        assertThat(rooms.whereabouts(LOBBY, in(30))).contains(new RoomWhereabouts.Starting());
        assertThat(rooms.whereabouts(LOBBY, in(30)))
                .contains(new RoomWhereabouts.Active(new HostAddress("h.example.com", 4000, true)));
        assertThat(api.asked).allMatch(line -> line.startsWith("GET /rooms/v2/app-1/connectioninfo/lobby "));
    }

    @Test
    void aPortForDatagramsIsPassedOver() {
        api.then(
                200,
                "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":{\"host\":\"a\",\"port\":1,\"transportType\":\"udp\"},"
                        + "\"additionalExposedPorts\":[{\"host\":\"b\",\"port\":2,\"transportType\":\"tcp\",\"name\":\"chat\"}]}");

        assertThat(rooms.whereabouts(LOBBY, in(30)))
                .contains(new RoomWhereabouts.Active(new HostAddress("b", 2, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduling", "active", "destroyed"})
    void everyStatusIsRead(String status) {
        api.then(200, "{\"roomId\":\"lobby\",\"status\":\"" + status + "\",\"more\":{}}");

        assertThat(rooms.find(LOBBY, in(30)).orElseThrow().status().name()).isEqualToIgnoringCase(status);
    }

    @Test
    void aRoomIsResumedAndDestroyed() {
        api.then(200, "").then(404, "{\"message\":\"no\"}").then(204, "").then(404, "{\"message\":\"no\"}");

        assertThat(rooms.resume(LOBBY, in(30))).isTrue();
        assertThat(rooms.resume(LOBBY, in(30))).isFalse();
        rooms.destroy(LOBBY, in(30));
        rooms.destroy(LOBBY, in(30));

        assertThat(api.asked)
                .extracting(line -> line.substring(0, line.indexOf(" Bearer")))
                .containsExactly(
                        "POST /rooms/v2/app-1/resume/lobby",
                        "POST /rooms/v2/app-1/resume/lobby",
                        "POST /rooms/v2/app-1/destroy/lobby",
                        "POST /rooms/v2/app-1/destroy/lobby");
    }

    @Test
    void anUnknownRoomIsNobodysFault() {
        api.then(404, "{\"message\":\"room lobby not found\"}").then(404, "{}");

        assertThat(rooms.whereabouts(LOBBY, in(30))).isEmpty();
        assertThat(rooms.find(LOBBY, in(30))).isEmpty();
    }

    // Errors

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayBeOverSoonIsRepeated(int status) {
        api.then(status, "{\"message\":\"later\"}").then(status, "").then(200, STARTING);

        assertThat(rooms.whereabouts(LOBBY, in(30))).isPresent();
        assertThat(api.asked).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{",
                "{}",
                "[]",
                "null",
                "7",
                "{\"roomId\":\"other\",\"status\":\"starting\"}",
                "{\"roomId\":\"lobby\"}",
                "{\"roomId\":7,\"status\":\"starting\"}",
                "{\"roomId\":\"lobby\",\"status\":\"asleep\"}",
                "{\"roomId\":\"lobby\",\"status\":\"active\"}",
                "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":7}",
                "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":{\"host\":\"h\",\"port\":\"80\",\"transportType\":\"tcp\"}}",
                "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":{\"host\":\"h\",\"port\":0,\"transportType\":\"tcp\"}}",
                "{\"roomId\":\"lobby\",\"status\":\"active\",\"exposedPort\":{\"host\":\"h h\",\"port\":8,\"transportType\":\"tcp\"}}",
                "{\"roomId\":\"lobby\",\"status\":\"starting\"} and more"
            })
    void whatMakesNoSenseIsRepeated(String body) {
        api.then(200, body).then(200, STARTING);

        assertThat(rooms.whereabouts(LOBBY, in(30))).contains(new RoomWhereabouts.Starting());
        assertThat(api.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 405, 409, 422, 301, 302})
    void whatTheOperatorMustMendIsToldAsUnavailableAtOnceAndInTheLog(int status) {
        api.then(status, Map.of("Location", "/elsewhere"), "{\"message\":\"bad token " + TOKEN + "\"}");

        RoutingException.Unavailable refusal = unavailable(() -> rooms.whereabouts(LOBBY, in(30)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal).hasMessageNotContaining(TOKEN);
        assertThat(api.asked).hasSize(1);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().equals(Level.ERROR))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).contains("with " + status, "bad token <redacted>"));
    }

    @Test
    void whatTheOperatorMustMendIsToldOnceAMinute() {
        for (int i = 0; i < 10; i++) {
            api.then(401, "{\"message\":\"no\"}");
        }

        for (int i = 0; i < 10; i++) {
            unavailable(() -> rooms.whereabouts(LOBBY, in(30)));
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLevel().equals(Level.ERROR))
                .hasSize(1);
    }

    @Test
    void anUnknownApplicationIsNoUnknownRoom() {
        api.then(404, "{\"message\":\"app not found\"}");

        assertThat(unavailable(() -> rooms.create(LOBBY, HathoraRegion.DALLAS, Optional.empty(), in(30)))
                        .code())
                .isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
    }

    // Time

    @Test
    void aRateLimitIsWaitedForByEverybody() throws Exception {
        api.then(429, Map.of("Retry-After", "5"), "{}").then(200, STARTING).then(200, STARTING);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            long start = time.nanoTime();
            Future<Duration> first = other.submit(() -> {
                rooms.whereabouts(LOBBY, in(30));
                return since(start);
            });
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> log.list.stream()
                            .anyMatch(event -> event.getFormattedMessage().contains("status 429")));

            rooms.whereabouts(LOBBY, in(30));

            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(first.get()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aRateLimitBeyondTheDeadlineIsToldAtOnceWithItsWait() {
        api.then(429, Map.of("Retry-After", "120"), "{}");
        long start = time.nanoTime();

        RoutingException.Unavailable refusal = unavailable(() -> rooms.whereabouts(LOBBY, in(100)));

        assertThat(since(start)).isLessThan(Duration.ofSeconds(90));
        assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(120));
    }

    @Test
    void nobodyWaitsForSomebodyWhoFailsAgainAndAgain() {
        unavailable(() -> rooms.whereabouts(LOBBY, in(100)));
        int asked = api.asked.size();

        RoutingException.Unavailable refusal = unavailable(() -> rooms.whereabouts(LOBBY, in(100)));

        assertThat(asked).isEqualTo(20);
        assertThat(api.asked).hasSize(asked);
        assertThat(refusal.retryAfter().orElseThrow()).isPositive();
    }

    @Test
    void anInterruptedCallerIsToldSoAndStaysInterrupted() throws Exception {
        Thread caller = new Thread(() -> {
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> rooms.whereabouts(LOBBY, in(10_000)))
                    .withMessage("the call was cancelled");
            interrupted = Thread.currentThread().isInterrupted();
        });
        caller.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> !api.asked.isEmpty());

        caller.interrupt();
        caller.join();

        assertThat(interrupted).isTrue();
        StuckThreads.awaitNone();
    }

    private volatile boolean interrupted;

    // Secrets and settings

    @Test
    void theTokenIsInNoText() {
        HathoraRoomsBuilder builder = HathoraRooms.builder("app-1", TOKEN);

        assertThat(List.of(rooms.toString(), builder.toString())).noneMatch(text -> text.contains(TOKEN));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> HathoraRooms.builder("app-1", TOKEN + "\r\nX: 1").build())
                .withMessageNotContaining(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.hathora.dev", "ftp://a", "http://", "http://u:p@a", "http://a?b=c", "no url"})
    void aBaseUrlThatIsNoneIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HathoraRooms.builder("a", TOKEN).baseUrl(url).build());
    }

    private Deadline in(int seconds) {
        return Deadline.in(time, Duration.ofSeconds(seconds));
    }

    private Duration since(long start) {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    private static RoutingException.Unavailable unavailable(ThrowingCallable call) {
        RoutingException.Unavailable refusal = catchThrowableOfType(RoutingException.Unavailable.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
