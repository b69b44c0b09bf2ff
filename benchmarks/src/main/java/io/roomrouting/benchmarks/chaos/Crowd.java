package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Seat;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All clients of a run, on one thread. The methods that block are for another thread, the run's own. */
// Whatever runs on the thread is guarded, so that no failure is lost in a future.
@SuppressWarnings("FutureReturnValueIgnored")
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "crowd");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Recorder recorder = new Recorder();
    private final List<ChaosClient> clients = new ArrayList<>();
    private final RoutingApi api;
    private boolean talking;

    Crowd(List<URI> backends) {
        this.api = new RoutingApi(http, backends);
    }

    // For the clients

    RoutingApi api() {
        return api;
    }

    HttpClient http() {
        return http;
    }

    Executor thread() {
        return task -> thread.execute(guarded(task));
    }

    /** Tells the answer, or null if none came. */
    void whenAnswered(CompletableFuture<HttpResponse<String>> request, Consumer<@Nullable HttpResponse<String>> then) {
        request.whenCompleteAsync((answer, failure) -> then.accept(answer), thread());
    }

    Recorder recorder() {
        return recorder;
    }

    boolean isTalking() {
        return talking;
    }

    void later(Duration delay, Runnable task) {
        thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What a client's code throws is a fault of this program or of the server's answers. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                recorder.trouble("a client failed: " + e);
            }
        };
    }

    // For the run

    /** Makes rooms, as soon as there are backends that answer and hosts for them. */
    List<String> createRooms(int count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String login = RoutingApi.field(answered(() -> api.login("operator"), end), "token");
        List<String> rooms = new ArrayList<>();
        while (rooms.size() < count) {
            rooms.add(RoutingApi.field(answered(() -> api.createRoom(login), end), "roomId")
                    .intern());
        }
        return rooms;
    }

    private static HttpResponse<String> answered(Supplier<CompletableFuture<HttpResponse<String>>> request, long end)
            throws InterruptedException {
        while (true) {
            String trouble;
            try {
                HttpResponse<String> answer = request.get().get();
                if (answer.statusCode() == 200) {
                    return answer;
                }
                trouble = "answers " + answer.statusCode();
            } catch (ExecutionException e) {
                trouble = "does not answer: " + e.getCause();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the backend " + trouble);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Sends the clients on their way, evenly over the rooms, each with a moment of its own to talk. */
    void gather(int count, List<String> rooms, int rate) throws InterruptedException {
        long pace = TimeUnit.SECONDS.toNanos(1) / rate;
        ask(() -> {
            talking = true;
            for (int i = 0; i < count; i++) {
                ChaosClient client = new ChaosClient(this, "u" + i, rooms.get(i % rooms.size()), new Random());
                clients.add(client);
                client.start();
                long phase = ThreadLocalRandom.current().nextLong(pace);
                Runnable tick = guarded(() -> client.tick(talking));
                thread.scheduleAtFixedRate(tick, phase, pace, TimeUnit.NANOSECONDS);
            }
            return clients.size();
        });
    }

    boolean areAllIn() throws InterruptedException {
        return ask(() -> clients.stream().allMatch(ChaosClient::isIn));
    }

    /** Everybody says one more thing. */
    void talkOnce() throws InterruptedException {
        ask(() -> {
            clients.forEach(client -> client.tick(true));
            return clients.size();
        });
    }

    /** Ends the talk; what was said is still confirmed and delivered. */
    void hush() throws InterruptedException {
        ask(() -> talking = false);
    }

    boolean isQuiet() throws InterruptedException {
        return ask(() -> clients.stream().allMatch(ChaosClient::isQuiet));
    }

    Set<Seat> seatsOn(String host) throws InterruptedException {
        return ask(() -> {
            Set<Seat> seats = new HashSet<>();
            clients.forEach(client -> client.seatOn(host).ifPresent(seats::add));
            return seats;
        });
    }

    /** Breaks the connections of every other client of each room, and says which sessions that concerns. */
    Set<Seat> breakHalf(int rooms) throws InterruptedException {
        return ask(() -> {
            Set<Seat> seats = new HashSet<>();
            for (int i = 0; i < clients.size(); i++) {
                if (i / rooms % 2 == 0) {
                    clients.get(i).seat().ifPresent(seats::add);
                    clients.get(i).breakConnection();
                }
            }
            return seats;
        });
    }

    /** Every client asks its room for everything it holds. */
    void askForAll() throws InterruptedException {
        ask(() -> {
            clients.forEach(ChaosClient::askForAll);
            return clients.size();
        });
    }

    Set<Seat> seats() throws InterruptedException {
        return ask(() -> {
            Set<Seat> seats = new HashSet<>();
            clients.forEach(client -> client.seat().ifPresent(seats::add));
            return seats;
        });
    }

    /** Says of some clients that are not in where they are. */
    String stragglers() throws InterruptedException {
        return ask(() -> String.join(
                "; ",
                clients.stream()
                        .filter(client -> !client.isIn())
                        .limit(5)
                        .map(ChaosClient::describe)
                        .toList()));
    }

    /** Asks something on the crowd's thread. */
    <T> T ask(Callable<T> question) throws InterruptedException {
        try {
            return thread.submit(question).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the crowd could not answer", e);
        }
    }

    @Override
    public void close() {
        thread.execute(() -> clients.forEach(ChaosClient::end));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
