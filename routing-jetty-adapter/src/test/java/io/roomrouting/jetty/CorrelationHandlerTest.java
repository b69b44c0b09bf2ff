package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.roomrouting.CorrelationId;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomAuthorizer;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingListener;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CorrelationHandlerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    @Test
    void everyAnswerTellsWhatItsRequestIsCalled() {
        try (HttpFixture http = HttpFixture.serving(new UnknownPathHandler())) {
            String traceparent = "00-" + TRACE + "-b7ad6b7169203331-01";

            assertThat(id(http.get("/"))).matches("[0-9a-f]{32}").isNotEqualTo(id(http.get("/")));
            assertThat(id(http.get("/", "X-Request-Id", "mine"))).isEqualTo("mine");
            assertThat(id(http.get("/", "traceparent", traceparent, "X-Request-Id", "mine")))
                    .isEqualTo(TRACE);
            assertThat(id(http.get("/", "X-Request-Id", "not one"))).matches("[0-9a-f]{32}");
            assertThat(id(http.get("/", "X-Request-Id", "one", "X-Request-Id", "two")))
                    .matches("[0-9a-f]{32}");
        }
    }

    @Test
    void aTicketCarriesItFromTheLookUpAlsoOverOtherThreads() {
        Queue<String> placed = new ConcurrentLinkedQueue<>();
        try (ApiFixture api = ApiFixture.withRouter(router -> router.authorizer(new PatientAuthorizer())
                .listener(new RoutingListener() {
                    @Override
                    public void roomPlaced(RoomAssignment assignment, String reason) {
                        placed.add(CorrelationId.current().orElseThrow().value());
                    }
                }))) {
            String bearer = api.bearer("alice");

            HttpResponse<String> created =
                    api.http.post("/api/rooms", "{}", "Authorization", bearer, "X-Request-Id", "first");
            String room = json(created).path("roomId").textValue();
            HttpResponse<String> found =
                    api.http.get("/api/rooms/" + room, "Authorization", bearer, "X-Request-Id", "second");

            assertThat(id(created)).isEqualTo("first");
            assertThat(placed).containsExactly("first");
            assertThat(api.verifier
                            .tickets()
                            .verify(json(found).path("token").textValue())
                            .correlation())
                    .contains(new CorrelationId("second"));
        }
    }

    /** Makes the router one that may block, so that it is asked on other threads. */
    private static final class PatientAuthorizer implements RoomAuthorizer {

        @Override
        public void authorize(Identity identity, Action action, RoomId room) {
            assertThat(CorrelationId.current()).isPresent();
        }

        @Override
        public boolean mayBlock() {
            return true;
        }
    }

    @Test
    void aFaultIsLoggedUnderIt() {
        try (ApiFixture broken = ApiFixture.withRouter(router -> router.scheduler(request -> {
            throw new IllegalStateException("the scheduler broke");
        }))) {
            HttpResponse<String> answer = broken.http.post(
                    "/api/rooms", "", "Authorization", broken.bearer("eve"), "X-Request-Id", "unlucky");

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(id(answer)).isEqualTo("unlucky");
        }

        assertThat(idsOfErrors("POST /api/rooms failed")).containsExactly("unlucky");
    }

    @Test
    void whatAHandlerThrowsIsLoggedUnderItToo() {
        Handler broken = new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                throw new IllegalStateException("the handler broke");
            }
        };
        try (HttpFixture http = HttpFixture.serving(broken)) {
            HttpResponse<String> answer = http.get("/", "X-Request-Id", "unlucky");

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(id(answer)).isEqualTo("unlucky");
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log.list)
                        .filteredOn(line -> line.getThrowableProxy() != null)
                        .extracting(line -> line.getMDCPropertyMap().get(CorrelationId.MDC_KEY))
                        .containsExactly("unlucky"));
    }

    @Test
    void pagesOfOtherOriginsMaySendAndReadIt() {
        String friend = "https://chat.example.com";
        Handler api = new CorsHandler(AllowedOrigins.of(friend), new UnknownPathHandler());
        try (HttpFixture http = HttpFixture.serving(api)) {
            HttpResponse<String> preflight =
                    http.send("OPTIONS", "/", "Origin", friend, "Access-Control-Request-Method", "POST");

            assertThat(header(preflight, "access-control-allow-headers")).contains("X-Request-Id", "traceparent");
            assertThat(header(http.get("/", "Origin", friend), "access-control-expose-headers"))
                    .contains("X-Request-Id");
        }
    }

    @Test
    void oneAroundAnotherChangesNothing() {
        try (HttpFixture http = HttpFixture.serving(new CorrelationHandler(new UnknownPathHandler()))) {
            HttpResponse<String> answer = http.get("/");

            assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
        }
    }

    private List<String> idsOfErrors(String message) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getFormattedMessage().equals(message))
                .map(line -> line.getMDCPropertyMap().get(CorrelationId.MDC_KEY))
                .toList();
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
