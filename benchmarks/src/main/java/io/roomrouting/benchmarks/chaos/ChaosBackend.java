package io.roomrouting.benchmarks.chaos;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.Scheduler;
import io.roomrouting.benchmarks.engines.Engine;
import io.roomrouting.jetty.HttpHostProber;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoutingApiHandler;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.FleetScheduler;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.scheduling.StaticHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A backend as anybody would build it, with a static list of hosts or with those that register themselves. Arguments: the
 * lease in seconds, and the hosts or the URL of the engine. Ends with its standard input.
 */
public final class ChaosBackend {

    private ChaosBackend() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        Duration lease = Duration.ofSeconds(Integer.parseInt(args[0]));
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(ChildProcess.secret()));
        if (args[1].contains("://")) {
            try (Engine engine = Engine.open(args[1], lease)) {
                Scheduler fleet = FleetScheduler.builder(engine.hosts()).build();
                serve(keys, JwtIssuer.of(keys), engine.rooms(), fleet);
            }
        } else {
            serveList(
                    keys,
                    lease,
                    Arrays.stream(args).skip(1).map(HostAddress::parse).toList());
        }
    }

    private static void serveList(JwtKeys keys, Duration lease, List<HostAddress> hosts) throws IOException {
        JwtIssuer issuer = JwtIssuer.of(keys);
        InMemoryRegistry registry =
                InMemoryRegistry.builder().lease(lease).settleTime(lease).build();
        try (StaticHosts probing = StaticHosts.builder(registry, new HttpHostProber(issuer::issueControl))
                .hosts(hosts)
                .start()) {
            serve(keys, issuer, registry, new LocalScheduler(registry));
        }
    }

    private static void serve(JwtKeys keys, JwtIssuer issuer, RoomRegistry rooms, Scheduler hosts) throws IOException {
        RoomRouter router = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .registry(rooms)
                .scheduler(hosts)
                .ticketIssuer(issuer.tickets())
                .build();
        try (RoutingServer server = RoutingServer.builder(RoutingApiHandler.builder(router)
                        .login(issuer::issueLogin)
                        .build())
                .listen(ListenSettings.onPort(0).withBindAddress(ChildProcess.LOOPBACK))
                .start()) {
            ChildProcess.serve(server.port());
        }
    }
}
