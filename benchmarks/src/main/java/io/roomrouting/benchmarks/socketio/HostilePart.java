package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hostile clients over real sockets, and ordinary ones who are to be served meanwhile. */
record HostilePart(Duration time, long seed) implements Part {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration TO_DRAIN = Duration.ofSeconds(40);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final int ORDINARY = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** What the remembered ends of sessions, caches and code may add. */
    private static final long SLACK_KIB = 4_096;

    @Override
    public List<Finding> run(Path log) throws IOException, InterruptedException {
        Findings found = new Findings("hostile");
        try (ServerProcess server = ServerProcess.start(log, HEARTBEAT, HEARTBEAT, HEARTBEAT)) {
            attack(server, WARM_UP, List.of(), List.of());
            long before = server.settledKib();
            Crowd crowd = new Crowd(server);
            List<Questions> questions = new ArrayList<>();
            for (int i = 0; i < ORDINARY; i++) {
                Questions asked = new Questions();
                questions.add(asked);
                EngineClient client = crowd.client("room-" + i, asked::hear);
                var unused = i % 2 == 0 ? client.poll() : client.openWebSocket();
            }
            found.exactly("ordinary clients not let in", crowd.all(crowd.clients(), EngineClient::entry), 0);
            Hostiles hostiles = attack(server, time, crowd.clients(), questions);
            found.tell("attacks", hostiles.done() + " in " + time.toSeconds() + " s");
            found.exactly(
                    "attackers that failed themselves", hostiles.unexpected().size(), 0);
            found.exactly("ordinary clients at the end", crowd.open(), ORDINARY);
            crowd.clients().stream()
                    .filter(client -> client.end().isDone())
                    .forEach(lost -> found.tell("why one was lost", lost.end().getNow("")));
            report(found, questions);
            crowd.leave();
            ServerState after =
                    server.awaitState(state -> state.isEmpty() && state.memoryKib() <= before + SLACK_KIB, TO_DRAIN);
            found.atMost("memory afterwards, above what it was", after.memoryKib() - before, SLACK_KIB, "KiB");
            found.clean(server, after);
        }
        return found.all();
    }

    private Hostiles attack(ServerProcess server, Duration howLong, List<EngineClient> clients, List<Questions> asked)
            throws InterruptedException {
        Hostiles hostiles = new Hostiles(server.port(), seed);
        try (hostiles) {
            long end = System.nanoTime() + howLong.toNanos();
            while (System.nanoTime() < end) {
                for (int i = 0; i < clients.size(); i++) {
                    asked.get(i).ask(clients.get(i));
                }
                TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
            }
        }
        return hostiles;
    }

    private static void report(Findings found, List<Questions> questions) {
        List<Duration> times = questions.stream()
                .flatMap(each -> each.times().stream())
                .sorted()
                .toList();
        found.tell(
                "their questions, and within which time 50 % and 99 % were answered",
                times.size() + ", " + times.get(times.size() / 2).toMillis() + " ms, "
                        + times.get(times.size() * 99 / 100).toMillis() + " ms");
        found.within("the longest answer", times.get(times.size() - 1), LONGEST_ANSWER);
    }
}
