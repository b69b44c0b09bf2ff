package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Clients of one server, and what they share. */
final class Crowd {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How many connect at a time. */
    private static final int WAVE = 100;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads())
            .build();

    private final ServerProcess server;
    private final List<EngineClient> clients = new ArrayList<>();

    Crowd(ServerProcess server) {
        this.server = server;
    }

    /** A client that has not connected. */
    EngineClient client(String room, Consumer<String> onMessage) throws IOException {
        String ticket = server.ticket(room, "user-" + clients.size());
        EngineClient client = new EngineClient(HTTP, server.port(), ticket, onMessage);
        clients.add(client);
        return client;
    }

    /** Brings clients in, so many at a time; says how many of them were not let in. */
    int enter(List<EngineClient> some, Function<EngineClient, CompletableFuture<?>> how) throws InterruptedException {
        int failures = 0;
        for (int from = 0; from < some.size(); from += WAVE) {
            failures += all(some.subList(from, Math.min(some.size(), from + WAVE)), how);
        }
        return failures;
    }

    /** Does something with clients at once; says with how many it failed. */
    int all(List<EngineClient> some, Function<EngineClient, CompletableFuture<?>> what) throws InterruptedException {
        List<CompletableFuture<?>> steps = new ArrayList<>();
        some.forEach(client -> steps.add(what.apply(client)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        int failures = 0;
        for (CompletableFuture<?> step : steps) {
            try {
                step.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                failures++;
            }
        }
        return failures;
    }

    List<EngineClient> clients() {
        return List.copyOf(clients);
    }

    long open() {
        return clients.stream().filter(EngineClient::isOpen).count();
    }

    void leave() {
        clients.forEach(EngineClient::leave);
        clients.clear();
    }

    private static Executor threads() {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "clients");
            thread.setDaemon(true);
            return thread;
        });
        return threads;
    }
}
