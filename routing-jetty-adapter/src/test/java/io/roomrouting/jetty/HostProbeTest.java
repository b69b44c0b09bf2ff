package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.Authenticator;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.UserId;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of a probe, over real HTTP. */
class HostProbeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "control-token";
    private static final ProbeRequest FIRST =
            new ProbeRequest("registry-1", Duration.ofSeconds(15), OptionalLong.empty(), 0, 0, true, Optional.empty());
    private static final ProbeReply BARE = new ProbeReply(
            new HostIncarnation(HostId.of("h"), "n"),
            -7,
            HostState.ACTIVE,
            new HostCapacity(1, 1),
            HostLoad.NONE,
            Map.of(),
            0,
            List.of(),
            List.of());

    private final HttpHostProber prober = new HttpHostProber(() -> TOKEN);

    @Test
    void carriesEveryFieldThereAndBack() {
        ProbeRequest request = new ProbeRequest(
                "registry \"ü\"",
                Duration.ofNanos(1),
                OptionalLong.of(Long.MIN_VALUE),
                7,
                9,
                false,
                Optional.of(HostIncarnation.next(HostId.of("a"))),
                Long.MAX_VALUE);
        ProbeReply reply = new ProbeReply(
                new HostIncarnation(HostId.of("eu-1:8000"), "nonce-\u00fc"),
                Long.MAX_VALUE,
                HostState.DRAINING,
                new HostCapacity(10_000, 20_000),
                new HostLoad(12, 345),
                Map.of("region", "Dallas", "clé", "\u2603"),
                (1L << 53) + 1,
                List.of(
                        new HeldRoom(
                                RoomId.of("full"),
                                RoomSpec.ofType("chat")
                                        .withRegion("Tokyo")
                                        .withMaxClients(8)
                                        .withMetadata(Map.of("topic", "a \"b\"\n"))
                                        .withVisibility(RoomVisibility.PUBLIC),
                                new Epoch(41)),
                        new HeldRoom(RoomId.of("bare"), RoomSpec.defaults(), new Epoch(42))),
                List.of(
                        new ProbeReply.Released(1, RoomId.of("gone"), new Epoch(3), Release.IDLE),
                        new ProbeReply.Released(2, RoomId.of("closed"), new Epoch(4), Release.CLOSED)),
                7,
                List.of(new RoomReport(
                        RoomId.of("full"),
                        new Epoch(41),
                        3,
                        2,
                        8,
                        true,
                        RoomVisibility.PUBLIC,
                        Map.of("topic", "a \"b\"\n"),
                        Map.of(SeatId.of("taken"), UserId.of("ö \"u\"")),
                        Set.of(SeatId.of("freed"), SeatId.of("unused")))));
        AtomicReference<ProbeRequest> seen = new AtomicReference<>();

        try (HttpFixture host = hosting(probe -> {
            seen.set(probe);
            return reply;
        })) {
            assertThat(prober.probe(address(host), request, PATIENCE)).isEqualTo(reply);
            assertThat(seen.get()).isEqualTo(request);
        }
    }

    @Test
    void carriesTenThousandRooms() {
        List<HeldRoom> rooms = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> new HeldRoom(RoomId.of("room-" + i), RoomSpec.defaults(), new Epoch(i)))
                .toList();
        ProbeReply reply = new ProbeReply(
                BARE.host(), 1, HostState.ACTIVE, BARE.capacity(), BARE.load(), Map.of(), 10_000, rooms, List.of());

        try (HttpFixture host = hosting(probe -> reply)) {
            assertThat(prober.probe(address(host), FIRST, PATIENCE)).isEqualTo(reply);
        }
    }

    @Test
    void aHostRefusesWhoHasNoControlToken() {
        try (HttpFixture host = hosting(probe -> BARE)) {
            assertProblem(host.post("/control/probe", "{}"), 401, "UNAUTHENTICATED");
            assertProblem(
                    host.post("/control/probe", "{}", "Authorization", "Bearer login-token"), 401, "UNAUTHENTICATED");
            assertThatThrownBy(() -> new HttpHostProber(() -> "login-token").probe(address(host), FIRST, PATIENCE))
                    .isInstanceOf(RoutingException.Forbidden.class)
                    .hasMessageNotContaining("login-token");
        }
    }

    @Test
    void aHostOfAnotherRegistrySaysSo() {
        try (HttpFixture host = hosting(probe -> {
            throw RoutingException.forbidden("serves another registry");
        })) {
            assertThatThrownBy(() -> prober.probe(address(host), FIRST, PATIENCE))
                    .isInstanceOf(RoutingException.Forbidden.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"registry\":1,\"leaseNanos\":1,\"releasesSeen\":0,\"closedUpTo\":0,\"adopting\":true}",
                "{\"registry\":\"r\",\"leaseNanos\":1.5,\"releasesSeen\":0,\"closedUpTo\":0,\"adopting\":true}",
                "{\"registry\":\"r\",\"leaseNanos\":1,\"releasesSeen\":99999999999999999999,\"adopting\":true}",
                "{\"registry\":\"r\",\"leaseNanos\":1,\"releasesSeen\":0,\"closedUpTo\":0,\"adopting\":\"yes\"}",
                "{\"registry\":",
            })
    void aMalformedProbeIsRefused(String body) {
        try (HttpFixture host = hosting(probe -> BARE)) {
            assertProblem(
                    host.post("/control/probe", body, "Authorization", "Bearer " + TOKEN), 400, "INVALID_REQUEST");
        }
    }

    @Test
    void onlyPostIsAProbe() {
        try (HttpFixture host = hosting(probe -> BARE)) {
            assertProblem(host.get("/control/probe"), 405, "INVALID_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "not JSON", "{\"host\":\"a b\"}", "<html>"})
    void anAnswerThatIsNoReplyIsAHostOutOfReach(String body) {
        try (HttpFixture host = HttpFixture.serving(answering(200, body))) {
            assertUnavailable(host);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500, 503})
    void anyOtherStatusIsAHostOutOfReach(int status) {
        try (HttpFixture host = HttpFixture.serving(answering(status, "{}"))) {
            assertUnavailable(host);
        }
    }

    @Test
    void aReplyWithoutEndIsCutOff() {
        try (HttpFixture host = HttpFixture.serving(answering(200, " ".repeat((16 << 20) + 1)))) {
            assertUnavailable(host);
        }
    }

    @Test
    void aHostThatIsNotThereIsOutOfReach() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAtOnce.getLocalPort();
        }

        assertUnavailable(new HostAddress("127.0.0.1", port, false), PATIENCE);
    }

    @Test
    void aHostThatDoesNotAnswerIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertUnavailable(new HostAddress("127.0.0.1", silent.getLocalPort(), false), Duration.ofMillis(200));
        }
    }

    @Test
    void aHostThatBeginsAnAnswerAndStopsIsGivenUp() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread host = new Thread(() -> {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
                    while (socket.getInputStream().read() >= 0) {
                        // Until the prober hangs up.
                    }
                } catch (IOException e) {
                    // The prober hung up.
                }
            });
            host.start();

            assertUnavailable(new HostAddress("127.0.0.1", listening.getLocalPort(), false), Duration.ofMillis(300));
            host.join(PATIENCE.toMillis());

            assertThat(host.isAlive()).isFalse();
        }
    }

    private static HttpFixture hosting(Function<ProbeRequest, ProbeReply> host) {
        Authenticator control = token -> {
            if (!token.equals(TOKEN)) {
                throw RoutingException.unauthenticated("not a control token");
            }
            return Identity.of("backend");
        };
        return HttpFixture.serving(new HostProbeHandler(control, host), new UnknownPathHandler());
    }

    private static Handler answering(int status, String body) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put("Location", "/elsewhere");
                new Exchange(request, response, callback).send(status, body.getBytes(StandardCharsets.UTF_8));
                return true;
            }
        };
    }

    private static HostAddress address(HttpFixture host) {
        return new HostAddress("127.0.0.1", host.port(), false);
    }

    private void assertUnavailable(HttpFixture host) {
        assertUnavailable(address(host), PATIENCE);
    }

    private void assertUnavailable(HostAddress host, Duration timeout) {
        RoutingException refusal =
                catchThrowableOfType(RoutingException.Unavailable.class, () -> prober.probe(host, FIRST, timeout));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(host.authority()).hasMessageNotContaining(TOKEN);
    }
}
