package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.Authenticator;
import io.roomrouting.CorrelationId;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who enters a room with a ticket, or with a login token. */
class RoomAdmissionsTest {

    private static final RoomId LOBBY = RoomId.of("lobby");

    private final TestApplication application = new TestApplication(SocketSettings.defaults());
    private final FakeLink link = application.server.webSocket();
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final List<String> joined = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private InMemoryRegistry registry;
    private SessionHost host;

    @BeforeEach
    void start() {
        registry = InMemoryRegistry.builder()
                .time(application.server.time)
                .lease(Duration.ofHours(1))
                .build();
        host = SessionHost.builder()
                .address(HostAddress.parse("localhost:8000"))
                .registry(registry)
                .rooms(room -> new RoomHandler() {
                    @Override
                    public void onJoin(io.roomrouting.session.Session session) {
                        joined.add(session.user() + " in " + room.id());
                    }

                    @Override
                    public void onEvent(io.roomrouting.session.Session session, io.roomrouting.session.Event event) {}
                })
                .time(application.server.time)
                .roomExecutor(Runnable::run)
                .blockingExecutor(Runnable::run)
                .offloadExecutor(Runnable::run)
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RoomRouter router(boolean mayBlock) {
        return RoomRouter.builder()
                .authenticator(new Authenticator() {
                    @Override
                    public Identity authenticate(String token) {
                        if (!token.startsWith("login-")) {
                            throw RoutingException.unauthenticated("this token is not valid");
                        }
                        return Identity.of(token.substring(6));
                    }

                    @Override
                    public boolean mayBlock() {
                        return mayBlock;
                    }
                })
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> {
                    String token = "ticket-" + tickets.size();
                    Instant end = application.server.time.now().plusSeconds(30);
                    tickets.put(token, new Ticket(token, identity, assignment, spec, end, seat, correlation));
                    return new IssuedTicket(token, end);
                })
                .time(application.server.time)
                .build();
    }

    private Ticket verify(String token) {
        Ticket ticket = tickets.get(token);
        if (ticket == null) {
            throw RoutingException.unauthenticated("this ticket is not valid");
        }
        return ticket;
    }

    private void offer(RoomAdmissions admissions) {
        SocketWireFormat format = new SocketWireFormat(new ObjectMapper(), SocketSettings.defaults(), "/room");
        application.namespaces.put("/room", new RoomNamespace(host, format, admissions));
    }

    private String answerTo(String auth) {
        link.text("40/room," + auth);
        return String.join(" ", link.received());
    }

    @Test
    void aTicketOpensItsRoomOnce() {
        offer(RoomAdmissions.byTicket(this::verify));
        String ticket = router(false)
                .findOrStart(LOBBY, RoomSpec.defaults(), Identity.of("ann"))
                .ticket();

        assertThat(answerTo("{\"ticket\":\"" + ticket + "\"}")).startsWith("40/room,{\"sid\":");
        assertThat(joined).containsExactly("ann in lobby");
        link.text("41/room,");
        assertThat(answerTo("{\"ticket\":\"" + ticket + "\"}")).contains("TICKET_USED");
    }

    @Test
    void aTokenOpensTheFixedRoom() {
        offer(RoomAdmissions.fixedRoom(router(false), this::verify, LOBBY, RoomSpec.defaults()));

        assertThat(answerTo("{\"token\":\"login-bob\"}")).startsWith("40/room,{\"sid\":");
        assertThat(joined).containsExactly("bob in lobby");
    }

    @Test
    void theLookUpIsCalledInTheLogsAsTheHandshakeIs() {
        RoomAdmissions admissions = RoomAdmissions.fixedRoom(router(false), this::verify, LOBBY, RoomSpec.defaults());

        assertThat(admitted(admissions, Map.of("x-request-id", "mine")).correlation())
                .contains(new CorrelationId("mine"));
        assertThat(admitted(admissions, Map.of()).correlation()).isEmpty();
    }

    private static Ticket admitted(RoomAdmissions admissions, Map<String, String> headers) {
        ObjectMapper json = new ObjectMapper();
        EngineRequest handshake = new EngineRequest("GET", Map.of(), headers, "10.0.0.1");
        ConnectRequest request = new ConnectRequest(
                "/room", new JsonPayload(json, json.createObjectNode().put("token", "login-bob")), handshake, Map.of());
        return admissions.admission(request).toCompletableFuture().join().ticket();
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        offer(RoomAdmissions.byTicket(this::verify));
        for (String auth : List.of("", "{}", "{\"ticket\":7}", "{\"ticket\":\"\"}")) {
            assertThat(answerTo(auth))
                    .isEqualTo("44/room,{\"message\":\"auth.ticket is missing or is not a string\","
                            + "\"data\":{\"code\":\"UNAUTHENTICATED\"}}");
        }
        assertThat(answerTo("{\"ticket\":\"forged\"}")).contains("this ticket is not valid", "UNAUTHENTICATED");

        offer(RoomAdmissions.fixedRoom(router(false), this::verify, LOBBY, RoomSpec.defaults()));
        assertThat(answerTo("{}")).contains("auth.token is missing or is not a string");
        assertThat(answerTo("{\"token\":\"bob\"}")).contains("this token is not valid");
        assertThat(joined).isEmpty();
    }

    @Test
    void aRouterThatMayBlockIsAskedElsewhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoomAdmissions.fixedRoom(router(true), this::verify, LOBBY, RoomSpec.defaults()));
        offer(RoomAdmissions.fixedRoom(router(true), this::verify, LOBBY, RoomSpec.defaults(), tasks::add));

        assertThat(answerTo("{\"token\":\"login-bob\"}")).isEmpty();
        tasks.remove().run();

        assertThat(link.received()).singleElement().asString().startsWith("40/room,{\"sid\":");
    }

    @Test
    void whoLeavesWhileItsTicketIsCheckedDoesNotEnter() {
        offer(RoomAdmissions.fixedRoom(router(true), this::verify, LOBBY, RoomSpec.defaults(), tasks::add));
        answerTo("{\"token\":\"login-bob\"}");

        link.listener().onClosed();
        tasks.remove().run();

        assertThat(joined).isEmpty();
        assertThat(host.status().load().connections()).isZero();
    }

    @Test
    void tooManyAtOnceAreToldToWait() {
        offer(RoomAdmissions.byTicket(this::verify, task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThat(answerTo("{\"ticket\":\"t\"}")).contains("\"code\":\"OVERLOADED\",\"retryAfterMs\":1000");
    }

    @Test
    void aVerifierThatFailsTellsNothingOfIt() {
        offer(RoomAdmissions.byTicket(token -> {
            throw new IllegalStateException("the key is swordfish");
        }));

        assertThat(answerTo("{\"ticket\":\"t\"}")).contains("INTERNAL_ERROR").doesNotContain("swordfish");
        assertThat(link.isClosed()).isFalse();
    }
}
