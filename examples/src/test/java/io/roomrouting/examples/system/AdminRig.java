package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.UserId;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.AdminHandler;
import io.roomrouting.jetty.AdminPageHandler;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.WhenDraining;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;

/** A host with chat rooms, a router to it, and its admin listener, all in the test's process. */
final class AdminRig implements AutoCloseable {

    static final String KEY = "the-admin-key-of-the-tests";

    /** A type of rooms that stay when their host drains, until they are empty. */
    static final String STAYING = "staying";

    private static final RoomSettings UNTIL_EMPTY =
            RoomSettings.defaults().withWhenDraining(WhenDraining.FINISH).withIdleTimeout(Duration.ofMillis(100));

    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final int adminPort = Integer.parseInt(FreePorts.next());
    private final CountDownLatch shutdowns = new CountDownLatch(1);
    private final SessionHost host;
    private final SessionServer clients;
    private final RoomRouter router;
    private final AdminAccess access;
    private final String operatorToken;
    private SessionServer admin;

    AdminRig() {
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        JwtVerifier tokens = JwtVerifier.of(keys);
        HostAddress address = new HostAddress("localhost", Integer.parseInt(FreePorts.next()), false);
        HostCapacity capacity = new HostCapacity(50, 500);
        host = SessionHost.builder()
                .address(address)
                .registry(registry)
                .capacity(capacity)
                .rooms(ChatRoom::new)
                .room(STAYING, ChatRoom::new, UNTIL_EMPTY)
                .start();
        await().atMost(Waiting.PATIENCE).until(() -> host.status().ready());
        clients = serve(
                address.port(),
                RoomWebSocketHandler.builder(host, tokens.tickets()).build());
        router = RoomRouter.builder()
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .authenticator(tokens.logins())
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .build();
        AdminAccess operators = AdminAccess.role(tokens.logins(), "role", "operator");
        access = request -> {
            if (request.getHeaders().contains("X-API-Key")) {
                AdminAccess.key(KEY).check(request);
            } else {
                operators.check(request);
            }
        };
        operatorToken = JwtIssuer.of(keys).issueLogin(new Identity(UserId.of("olga"), Map.of("role", "operator")));
        admin = startAdmin();
    }

    /** Returns the login of somebody who may do without the key. */
    String operatorToken() {
        return operatorToken;
    }

    String adminPage() {
        return "http://127.0.0.1:" + adminPort;
    }

    SessionHost host() {
        return host;
    }

    /** Waits until the program has been told to stop. */
    boolean awaitShutdown() throws InterruptedException {
        return shutdowns.await(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isToldToStop() {
        return shutdowns.getCount() == 0;
    }

    /** Lets a user into a room, which is started if need be. */
    ChatClient join(String room, String user) {
        return join(room, RoomSpec.DEFAULT_TYPE, user, Map.of());
    }

    ChatClient join(String room, String type, String user, Map<String, String> metadata) {
        RoomSpec spec = new RoomSpec(type, Optional.empty(), OptionalInt.empty(), metadata);
        Route route = router.findOrStart(RoomId.of(room), spec, Identity.of(user));
        return ChatClient.join(new RouteAnswer(room, route.address().authority(), route.url(), route.ticket()));
    }

    void loseAdminListener() {
        admin.close();
    }

    void restartAdminListener() {
        admin = startAdmin();
    }

    @Override
    public void close() {
        host.close();
        clients.close();
        admin.close();
    }

    private SessionServer startAdmin() {
        AdminHandler handler = AdminHandler.builder(access)
                .app("Admin rig", "1.2.3")
                .host(host)
                .hosts(registry)
                .capacity(new HostCapacity(50, 500))
                .roomFields(room -> Map.of("port", 34_000 + room.value().length()))
                .onShutdown(shutdowns::countDown)
                .build();
        return serve(adminPort, new Handler.Sequence(handler, new AdminPageHandler()));
    }

    private SessionServer serve(int port, Handler handler) {
        return SessionServer.builder(host, handler)
                .listen(ListenSettings.onPort(port).withBindAddress("127.0.0.1"))
                .start();
    }
}
