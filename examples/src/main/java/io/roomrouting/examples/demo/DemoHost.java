package io.roomrouting.examples.demo;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Optional;

/** A session host in the backend's own process: it joins the registry by itself. */
final class DemoHost implements AutoCloseable {

    private static final HostCapacity CAPACITY = new HostCapacity(10_000, 20_000);

    private final SessionHost host;
    private final SessionServer server;

    private DemoHost(SessionHost host, SessionServer server) {
        this.host = host;
        this.server = server;
    }

    static DemoHost start(
            HostAddress address,
            ListenSettings listen,
            InMemoryRegistry registry,
            JwtVerifier tokens,
            AllowedOrigins origins,
            RoomSettings rooms,
            Optional<RoomStateStore> states,
            AdminListener admin) {
        SessionHostBuilder description = SessionHost.builder()
                .address(address)
                .registry(registry)
                .directory(registry)
                .capacity(CAPACITY)
                .rooms(ChatRoom::new, rooms);
        states.ifPresent(description::stateStore);
        admin.measure(description);
        SessionHost host = description.start();
        admin.watch(host, CAPACITY);
        admin.serve(api -> api.hosts(registry));
        RoomWebSocketHandler clients = RoomWebSocketHandler.builder(host, tokens.tickets())
                .allowedOrigins(origins)
                .build();
        return new DemoHost(
                host, SessionServer.builder(host, clients).listen(listen).start());
    }

    @Override
    public void close() {
        host.close();
        server.close();
    }
}
