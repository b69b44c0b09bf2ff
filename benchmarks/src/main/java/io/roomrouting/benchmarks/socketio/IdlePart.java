package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Many clients that say nothing but pong: a third polls, a third is on WebSockets, a third has changed over. */
record IdlePart(int clients, int heartbeats) implements Part {

    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration AFTERWARDS = Duration.ofSeconds(60);

    /** What caches may add; far less than as many clients hold. */
    private static final long SLACK_KIB = 2_048;

    @Override
    public List<Finding> run(Path log) throws IOException, InterruptedException {
        Findings found = new Findings("idle");
        try (ServerProcess server = ServerProcess.start(log, PING_INTERVAL, PING_TIMEOUT, CONNECT_TIMEOUT)) {
            Crowd crowd = new Crowd(server);
            // As many as later, so that buffers and tables have had to grow already.
            enter(crowd, clients);
            crowd.leave();
            long before = server.settledKib();
            found.exactly("clients not let in", enter(crowd, clients), 0);
            long fewest = watch(server, crowd);
            ServerState idle = server.state();
            found.exactly(
                    "clients after " + heartbeats + " heartbeats of " + PING_INTERVAL.toSeconds() + " s",
                    crowd.open(),
                    clients);
            found.exactly("fewest sessions meanwhile", fewest, clients);
            found.exactly("sessions at the end", idle.sessions(), clients);
            found.tell(
                    "memory of each, heap and direct buffers after a full collection",
                    String.format(Locale.ROOT, "%.1f KiB", (double) (idle.memoryKib() - before) / clients));
            crowd.leave();
            ServerState after =
                    server.awaitState(state -> state.isEmpty() && state.memoryKib() <= before + SLACK_KIB, AFTERWARDS);
            found.atMost("memory when they have left, above what it was", after.memoryKib() - before, SLACK_KIB, "KiB");
            found.clean(server, after);
        }
        return found.all();
    }

    private static int enter(Crowd crowd, int count) throws IOException, InterruptedException {
        List<EngineClient> polling = new ArrayList<>();
        List<EngineClient> onWebSockets = new ArrayList<>();
        List<EngineClient> changing = new ArrayList<>();
        List<List<EngineClient>> kinds = List.of(polling, onWebSockets, changing);
        for (int i = 0; i < count; i++) {
            kinds.get(i % kinds.size()).add(crowd.client("room-" + i / 10, message -> {}));
        }
        int failures = crowd.enter(polling, EngineClient::poll);
        failures += crowd.enter(onWebSockets, EngineClient::openWebSocket);
        failures += crowd.enter(
                changing,
                client -> client.poll().thenCompose(in -> client.probe()).thenCompose(answer -> client.upgrade()));
        return failures;
    }

    /** Waits until everybody has been pinged so often; says how few sessions there were at any time. */
    private long watch(ServerProcess server, Crowd crowd) throws IOException, InterruptedException {
        long fewest = Long.MAX_VALUE;
        long end = System.nanoTime()
                + PING_INTERVAL.plus(PING_TIMEOUT).multipliedBy(heartbeats).toNanos();
        while (System.nanoTime() < end
                && !crowd.clients().stream().allMatch(client -> client.pings() >= heartbeats || !client.isOpen())) {
            fewest = Math.min(fewest, server.sessions());
            TimeUnit.SECONDS.sleep(1);
        }
        return fewest;
    }
}
