package io.roomrouting.testkit.hms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the part of the 100ms interface that administers rooms, over real HTTP: rooms that are the same when
 * their names differ only in case, and changed when they are created again; sessions that exist while somebody is in;
 * management tokens that it looks at as 100ms does. It forgets everything when it stops.
 *
 * <p>It can be told to be trouble: {@link #next} says what the next requests get instead, and {@link FakeHmsBuilder#trouble} lets it
 * decide by itself. {@link #requests} tells what it was asked.
 *
 * <p>One path is its own: {@code POST /join} with an app token as bearer lets that user into the room, as if a client of
 * 100ms had joined.
 *
 * <p>Thread-safe. Holds at most 10,000 rooms and the newest 1,000 requests.
 */
public final class FakeHms implements AutoCloseable {

    private static final int MOST_REQUESTS = 1_000;
    private static final int MAX_BODY = 64 * 1024;
    private static final int THREADS = 32;

    static {
        // Otherwise the JDK's server takes 40 ms for an answer on a connection that is used again.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final TimeSource time;
    private final FakeHmsApi api;
    private final Supplier<@Nullable FakeHmsAnswer> mood;
    private final Deque<FakeHmsAnswer> ordered = new ArrayDeque<>();
    private final Deque<FakeHmsRequest> requests = new ArrayDeque<>();

    FakeHms(FakeHmsBuilder builder) {
        time = builder.time;
        api = new FakeHmsApi(new HmsTokenCheck(builder.accessKey, builder.secret, time), new FakeHmsRooms(time));
        mood = builder.mood;
        try {
            server = HttpServer.create(new InetSocketAddress(builder.bindAddress, builder.port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + builder.bindAddress + ":" + builder.port, e);
        }
        threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts to describe a fake for one app.
     *
     * @param accessKey the app's access key
     * @param secret the app's secret
     * @return a builder
     */
    public static FakeHmsBuilder builder(String accessKey, String secret) {
        return new FakeHmsBuilder(accessKey, secret);
    }

    /**
     * Returns what to use instead of {@code https://api.100ms.live}.
     *
     * @return the URL
     */
    public URI baseUrl() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /**
     * Says how the next requests are answered, one each, instead of as usual. They are added to those that still wait.
     *
     * @param answers in their order
     */
    public void next(FakeHmsAnswer... answers) {
        synchronized (ordered) {
            ordered.addAll(Arrays.asList(answers));
        }
    }

    /**
     * Returns what was asked.
     *
     * @return the newest requests, oldest first
     */
    public List<FakeHmsRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * Lets a user into a room, as if a client of 100ms had joined it.
     *
     * @param appToken the user's token
     * @throws IllegalArgumentException if 100ms would not let it in; the message says why
     */
    public void join(String appToken) {
        FakeHmsAnswer answer = api.join(appToken);
        if (answer.status() != 200) {
            throw new IllegalArgumentException(answer.body());
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeHmsRequest request = read(exchange);
            record(request);
            FakeHmsAnswer instead = instead();
            if (instead == null) {
                send(exchange, api.answer(request));
            } else {
                pause(instead.delay());
                send(exchange, instead.isOwn() ? api.answer(request) : instead);
            }
        }
    }

    private static FakeHmsRequest read(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        return new FakeHmsRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                authorization == null ? "" : authorization,
                new String(body, UTF_8));
    }

    private void record(FakeHmsRequest request) {
        synchronized (requests) {
            requests.addLast(request);
            if (requests.size() > MOST_REQUESTS) {
                requests.removeFirst();
            }
        }
    }

    private @Nullable FakeHmsAnswer instead() {
        synchronized (ordered) {
            return ordered.isEmpty() ? mood.get() : ordered.removeFirst();
        }
    }

    private void pause(Duration delay) throws IOException {
        if (delay.isZero()) {
            return;
        }
        try {
            time.await(new CompletableFuture<>(), delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while it waited", e);
        }
    }

    private static void send(HttpExchange exchange, FakeHmsAnswer answer) throws IOException {
        if (answer.status() == 0) {
            return; // The exchange is closed without an answer.
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
