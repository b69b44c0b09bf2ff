package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.AskedServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The parent's end of an {@link EnduranceServer}: asks it line by line, and reads its log. */
final class ServerProcess implements AutoCloseable {

    /** Small on purpose: what leaks shows. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.showDateTime=true");

    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final long STEADY_KIB = 64;

    private final AskedServer server;
    private final Path log;

    private ServerProcess(AskedServer server, Path log) {
        this.server = server;
        this.log = log;
    }

    /** Starts a server; what it logs goes to a file. */
    static ServerProcess start(Path log, Duration pingInterval, Duration pingTimeout, Duration connectTimeout)
            throws IOException {
        List<String> millis = Stream.of(pingInterval, pingTimeout, connectTimeout)
                .map(time -> Long.toString(time.toMillis()))
                .toList();
        AskedServer server =
                AskedServer.start(JVM_OPTIONS, EnduranceServer.class, millis, Redirect.appendTo(log.toFile()));
        return new ServerProcess(server, log);
    }

    int port() {
        return server.port();
    }

    String ticket(String room, String user) throws IOException {
        return ask("ticket " + room + " " + user);
    }

    /** Collects garbage and counts; while places are counted nobody can come in. */
    ServerState state() throws IOException {
        return ServerState.read(ask("state"));
    }

    int sessions() throws IOException {
        return Integer.parseInt(ask("sessions"));
    }

    /** Stops the server in the process, which lives on; returns how long that took. */
    Duration stop() throws IOException {
        return Duration.ofMillis(Long.parseLong(ask("stop")));
    }

    /** Closes the rooms of the process as well; returns the names of the threads that are left of both. */
    List<String> closeHost() throws IOException {
        return Arrays.stream(ask("close").split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Waits for a state; returns the last one, whether it was what was waited for or not. */
    ServerState awaitState(Predicate<ServerState> wanted, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        ServerState state = state();
        while (!wanted.test(state) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
            state = state();
        }
        return state;
    }

    /** What it holds when nobody is there and it does not shrink any more. */
    long settledKib() throws IOException, InterruptedException {
        ServerState state = awaitState(ServerState::isEmpty, SETTLING);
        long end = System.nanoTime() + SETTLING.toNanos();
        int steady = 0;
        while (steady < 4 && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(3);
            ServerState next = state();
            steady = next.memoryKib() < state.memoryKib() - STEADY_KIB ? 0 : steady + 1;
            state = next;
        }
        return state.memoryKib();
    }

    /** Lines of the log that tell of errors or hold a stack trace. */
    long complaints() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" ERROR ")
                            || line.startsWith("\tat ")
                            || line.contains("Exception")
                            || line.contains("OutOfMemoryError"))
                    .count();
        }
    }

    private String ask(String request) throws IOException {
        return server.ask(request);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
