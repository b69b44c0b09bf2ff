package io.roomrouting.benchmarks.socketio;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.TimeSource;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.Event;
import io.roomrouting.session.Payload;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketSettings;
import io.roomrouting.socketio.engine.EngineSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server of an endurance run, in a process of its own: rooms on Socket.IO in a Jetty server whose buffers are watched.
 * Tells its port, then answers requests line by line until its input ends. Arguments: the time from ping to ping, the time
 * for a pong, and the time to enter a namespace, in milliseconds.
 */
public final class EnduranceServer {

    /** How long a stop may take. */
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final ExecutorService waiting = Executors.newCachedThreadPool();
    private final SessionHost host = SessionHost.builder()
            .address(new HostAddress("localhost", 8000, false))
            .registry(registry)
            .rooms(Everybody::new)
            .blockingExecutor(waiting)
            .limits(SessionLimits.defaults()
                    .withEvents(1_000_000, 1_000_000)
                    .withConnectionsPerUser(1_000_000)
                    .withConnectionsPerAddress(Places.ALL)
                    .withAdmissions(1_000_000, 1_000_000))
            .start();
    private final RoomRouter router = RoomRouter.builder()
            .authenticator(Identity::of)
            .registry(registry)
            .scheduler(new LocalScheduler(registry))
            .ticketIssuer(JwtIssuer.of(keys).tickets())
            .build();
    private final SocketIoHandler socketIo;
    private final Server server;
    private final ServerConnector connector;

    private EnduranceServer(Duration pingInterval, Duration pingTimeout, Duration connectTimeout) {
        socketIo = SocketIoHandler.builder()
                .engineSettings(EngineSettings.defaults().withHeartbeat(pingInterval, pingTimeout))
                .socketSettings(SocketSettings.defaults().withConnectTimeout(connectTimeout))
                .perMessageDeflate(true)
                .rooms(host, RoomAdmissions.byTicket(JwtVerifier.of(keys).tickets()))
                .build();
        server = new Server(new QueuedThreadPool(), null, buffers);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setHandler(socketIo);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
    }

    /** Serves until the standard input ends. */
    public static void main(String[] args) throws Exception {
        // The timers' thread belongs to the process, not to a server.
        TimeSource.system().schedule(Duration.ZERO, () -> {});
        new EnduranceServer(millis(args[0]), millis(args[1]), millis(args[2])).serve();
    }

    private static Duration millis(String argument) {
        return Duration.ofMillis(Long.parseLong(argument));
    }

    private void serve() throws Exception {
        server.start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(connector.getLocalPort());
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(answer(line.split(" ", -1)));
            }
        } finally {
            server.stop();
            host.close();
            waiting.shutdownNow();
        }
    }

    private String answer(String[] request) throws Exception {
        return switch (request[0]) {
            case "ticket" ->
                router.findOrStart(RoomId.of(request[1]), RoomSpec.defaults(), Identity.of(request[2]))
                        .ticket();
            case "state" -> state().line();
            case "sessions" -> Integer.toString(socketIo.sessions());
            case "stop" -> stop();
            case "close" -> close();
            default -> throw new IOException("unknown request " + request[0]);
        };
    }

    private String stop() throws Exception {
        long begun = System.nanoTime();
        server.stop();
        return Long.toString(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    /** Closes the rooms as well; returns the names of the threads that do not end soon. */
    private String close() throws InterruptedException {
        host.close();
        waiting.shutdown();
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (Thread thread : newThreads()) {
            thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
        return newThreads().stream().map(Thread::getName).collect(Collectors.joining(","));
    }

    /** Without those of the common pool, which the JVM ends when it likes. */
    private List<Thread> newThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !(thread instanceof ForkJoinWorkerThread worker
                        && worker.getPool() == ForkJoinPool.commonPool()))
                .toList();
    }

    private ServerState state() {
        return new ServerState(
                socketIo.sessions(),
                socketIo.webSockets(),
                host.status().load().connections(),
                Places.taken(host),
                Memory.usedKib(),
                buffers.getLeaks().size());
    }

    /** Says everything to everybody, and answers what asks for an answer. */
    private static final class Everybody implements RoomHandler {

        private final Room room;

        Everybody(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session sender, Event event) {
            Object[] arguments = new Object[event.size()];
            for (int i = 0; i < arguments.length; i++) {
                Payload argument = event.argument(i);
                arguments[i] = argument.as(Object.class);
            }
            if (event.wantsReply()) {
                event.reply(arguments);
            } else {
                room.broadcast(event.name(), arguments);
            }
        }
    }
}
