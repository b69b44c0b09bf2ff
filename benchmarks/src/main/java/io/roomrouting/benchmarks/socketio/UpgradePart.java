package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients that change from polling to WebSockets at once, while they talk. */
record UpgradePart(int clients) implements Part {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(45);
    private static final int PER_ROOM = 5;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final int MESSAGES = 40;
    private static final int CHANGE_AFTER = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public List<Finding> run(Path log) throws IOException, InterruptedException {
        Findings found = new Findings("upgrade");
        try (ServerProcess server = ServerProcess.start(log, HEARTBEAT, HEARTBEAT.multipliedBy(3), CONNECT_TIMEOUT)) {
            Crowd crowd = new Crowd(server);
            List<Streams> ears = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Streams ear = new Streams();
                ears.add(ear);
                crowd.client("room-" + i / PER_ROOM, ear::hear);
            }
            found.exactly("clients not let in", crowd.enter(crowd.clients(), EngineClient::poll), 0);
            Change change = talkAndChange(crowd);
            long wanted = 0;
            for (int i = 0; i < clients; i++) {
                wanted += (long) MESSAGES * roomOf(i);
            }
            await(ears, wanted);
            ServerState state = server.state();
            found.exactly("clients that did not change over", change.failures(), 0);
            found.tell("until all had changed over", change.took().toMillis() + " ms");
            found.exactly("WebSockets", state.webSockets(), clients);
            found.exactly("sessions", state.sessions(), clients);
            found.exactly(
                    "messages heard", ears.stream().mapToLong(Streams::heard).sum(), wanted);
            found.exactly(
                    "lost, doubled or out of order",
                    ears.stream().mapToLong(Streams::faults).sum(),
                    0);
            crowd.leave();
            found.clean(server, server.awaitState(ServerState::isEmpty, PATIENCE));
        }
        return found.all();
    }

    /** How many clients are in the room of this one. */
    private int roomOf(int client) {
        return Math.min(PER_ROOM, clients - client / PER_ROOM * PER_ROOM);
    }

    /**
     * The change of all.
     *
     * @param failures how many did not
     * @param took how long it took
     */
    private record Change(int failures, Duration took) {}

    private static Change talkAndChange(Crowd crowd) throws InterruptedException {
        Thread talk = new Thread(() -> talk(crowd.clients()), "talk");
        talk.start();
        TimeUnit.NANOSECONDS.sleep(BETWEEN.multipliedBy(CHANGE_AFTER).toNanos());
        long begun = System.nanoTime();
        int failures = crowd.all(crowd.clients(), client -> client.probe().thenCompose(answer -> client.upgrade()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        talk.join();
        return new Change(failures, took);
    }

    private static void talk(List<EngineClient> clients) {
        try {
            for (int number = 0; number < MESSAGES; number++) {
                for (int i = 0; i < clients.size(); i++) {
                    clients.get(i).say(Streams.message("client-" + i, number));
                }
                TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(List<Streams> ears, long wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end
                && ears.stream().mapToLong(Streams::heard).sum() < wanted) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
