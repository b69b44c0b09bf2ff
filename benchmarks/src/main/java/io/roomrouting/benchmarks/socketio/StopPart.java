package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that stops while some clients poll, some are on WebSockets, and some are about to change over. */
record StopPart(int clients) implements Part {

    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration TO_HEAR = Duration.ofSeconds(2);
    private static final Duration TO_LET_GO = Duration.ofSeconds(10);

    @Override
    public List<Finding> run(Path log) throws IOException, InterruptedException {
        Findings found = new Findings("stop");
        try (ServerProcess server = ServerProcess.start(log, PING_INTERVAL, PING_TIMEOUT, CONNECT_TIMEOUT)) {
            Crowd crowd = new Crowd(server);
            List<EngineClient> polling = crowd(crowd, clients * 2 / 5);
            List<EngineClient> onWebSockets = crowd(crowd, clients * 2 / 5);
            List<EngineClient> changing = crowd(crowd, clients - polling.size() - onWebSockets.size());
            int failures = crowd.enter(polling, EngineClient::poll);
            failures += crowd.enter(onWebSockets, EngineClient::openWebSocket);
            failures += crowd.enter(changing, client -> client.poll().thenCompose(in -> client.probe()));
            found.exactly("clients not let in", failures, 0);
            Duration took = server.stop();
            found.within("until the server was gone", took, EnduranceServer.STOP_TIMEOUT);
            awaitEnds(crowd.clients());
            found.exactly("pollers that were told", told(polling), polling.size());
            found.exactly("WebSockets that were closed", told(onWebSockets), onWebSockets.size());
            found.exactly("pollers about to change over that know of the end", ended(changing), changing.size());
            ServerState after = server.awaitState(ServerState::isEmpty, TO_LET_GO);
            List<String> threads = server.closeHost();
            found.exactly("threads left" + (threads.isEmpty() ? "" : ": " + threads), threads.size(), 0);
            found.clean(server, after);
        }
        return found.all();
    }

    private static List<EngineClient> crowd(Crowd crowd, int count) throws IOException {
        List<EngineClient> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(crowd.client("room-" + i / 10, message -> {}));
        }
        return some;
    }

    private static void awaitEnds(List<EngineClient> clients) {
        CompletableFuture<?>[] ends = clients.stream().map(EngineClient::end).toArray(CompletableFuture<?>[]::new);
        // Who has not heard by then is counted.
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, TO_HEAR.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static long ended(List<EngineClient> some) {
        return some.stream().filter(client -> client.end().isDone()).count();
    }

    /** In the protocol's words, or by the close frame of a WebSocket; not by a connection that broke. */
    private static long told(List<EngineClient> some) {
        return some.stream()
                .map(client -> client.end().getNow("not told"))
                .filter(how -> how.equals("told") || how.startsWith("closed with "))
                .count();
    }
}
