package io.roomrouting.benchmarks.chaos;

import io.roomrouting.HostAddress;
import io.roomrouting.benchmarks.engines.Engine;
import io.roomrouting.jetty.HostProbeHandler;
import io.roomrouting.jetty.ListenSettings;
import io.roomrouting.jetty.RoomWebSocketHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.session.DirectoryStateStore;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A session server as anybody would build it, with {@link NumberedRoom}s. Arguments: its port, the URL of the engine or the
 * directory of room states, the file for its log, then those of the command. Drains on SIGTERM; ends with its standard input.
 */
public final class ChaosHost {

    private static final int OWN_ARGUMENTS = 3;

    private ChaosHost() {}

    /** Serves until told to end. */
    public static void main(String[] args) throws IOException {
        ChaosSettings settings =
                ChaosSettings.read(Arrays.stream(args).skip(OWN_ARGUMENTS).toArray(String[]::new));
        HostAddress address = new HostAddress(ChildProcess.LOOPBACK, Integer.parseInt(args[0]), false);
        HostLog log = new HostLog(address.authority(), Path.of(args[2]));
        JwtVerifier tokens = JwtVerifier.of(JwtKeys.of(JwtKey.hs256(ChildProcess.secret())));
        boolean keepsAll = settings.engine() != EngineKind.LIST;
        ProbedHost probes = new ProbedHost();
        SessionHostBuilder description = SessionHost.builder()
                .address(address)
                .limits(settings.limits())
                .rooms(room -> new NumberedRoom(room, address.authority(), log, keepsAll))
                .listener(log);
        SessionHost host = (keepsAll
                        ? joining(description, Engine.open(args[1], settings.lease()))
                        : description.probed(probes).stateStore(new DirectoryStateStore(Path.of(args[1]))))
                .start();
        SessionServer server = SessionServer.builder(
                        host,
                        RoomWebSocketHandler.builder(host, tokens.tickets()).build())
                .listen(ListenSettings.onPort(address.port()).withBindAddress(ChildProcess.LOOPBACK))
                .with(new HostProbeHandler(tokens.control(), probes::onProbe))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            host.drain(ChaosSettings.DRAIN_SPREAD);
            host.close();
            server.close();
        }));
        ChildProcess.serve(server.port());
        // Nobody is left to hear a farewell.
        Runtime.getRuntime().halt(0);
    }

    /** The process is its connections' life. */
    private static SessionHostBuilder joining(SessionHostBuilder description, Engine engine) {
        return description.registry(engine.rooms(), engine.hosts()).stateStore(engine.states());
    }
}
