package io.roomrouting.testkit.hms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
 * <p>It can be told to be trouble: {@link #next} says what the next requests get instead, and {@link Builder#trouble} lets it
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
    private static final String BEARER = "Bearer ";

    static {
        // Otherwise the JDK's server takes 40 ms for an answer on a connection that is used again.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final TimeSource time;
    private final HmsTokenCheck tokens;
    private final FakeHmsRooms rooms;
    private final Supplier<@Nullable FakeHmsAnswer> mood;
    private final Deque<FakeHmsAnswer> ordered = new ArrayDeque<>();
    private final Deque<FakeHmsRequest> requests = new ArrayDeque<>();

    private FakeHms(Builder builder) {
        time = builder.time;
        tokens = new HmsTokenCheck(builder.accessKey, builder.secret, time);
        rooms = new FakeHmsRooms(time);
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
    public static Builder builder(String accessKey, String secret) {
        return new Builder(accessKey, secret);
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
        FakeHmsAnswer answer = rooms.join(tokens.claims(appToken, "app"));
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
                send(exchange, answer(request));
            } else {
                pause(instead.delay());
                send(exchange, instead.isOwn() ? answer(request) : instead);
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

    private FakeHmsAnswer answer(FakeHmsRequest request) {
        boolean joins = request.target().equals("/join");
        try {
            if (!request.authorization().startsWith(BEARER)) {
                return FakeHmsAnswer.error(401, "Authentication error");
            }
            String token = request.authorization().substring(BEARER.length());
            Map<String, @Nullable Object> claims = tokens.claims(token, joins ? "app" : "management");
            return joins ? rooms.join(claims) : dispatch(request);
        } catch (IllegalArgumentException e) {
            return FakeHmsAnswer.error(401, "Token validation error: " + e.getMessage());
        }
    }

    private FakeHmsAnswer dispatch(FakeHmsRequest request) {
        String[] path = request.target().split("/", -1);
        boolean posts = request.method().equals("POST");
        Map<String, @Nullable Object> body;
        try {
            body = posts ? PlainJson.readObject(request.body()) : Map.of();
        } catch (IllegalArgumentException e) {
            return FakeHmsAnswer.error(400, "Invalid body: " + e.getMessage());
        }
        String where = path.length > 2 ? path[1] + "/" + path[2] : "";
        if (where.equals("v2/rooms") && path.length == 3 && posts) {
            return rooms.create(body);
        }
        if (where.equals("v2/rooms") && path.length == 4) {
            return posts ? rooms.update(path[3], body) : rooms.find(path[3]);
        }
        if (where.equals("v2/active-rooms") && path.length == 5) {
            if (path[4].equals("peers") && !posts) {
                return rooms.peers(path[3]);
            }
            if (path[4].equals("end-room") && posts) {
                return rooms.end(path[3], body);
            }
        }
        return FakeHmsAnswer.error(404, "there is nothing at this path");
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

    /** Describes a fake. Not thread-safe. */
    public static final class Builder {

        private final String accessKey;
        private final String secret;
        private int port;
        private String bindAddress = InetAddress.getLoopbackAddress().getHostAddress();
        private TimeSource time = TimeSource.system();
        private Supplier<@Nullable FakeHmsAnswer> mood = () -> null;

        private Builder(String accessKey, String secret) {
            this.accessKey = accessKey;
            this.secret = secret;
        }

        /**
         * Sets the port; any free one unless set.
         *
         * @param value 1 to 65535, or 0 for any free one
         * @return this builder
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Sets the network interface; loopback unless set.
         *
         * @param value a name or an IP address
         * @return this builder
         */
        public Builder bindAddress(String value) {
            bindAddress = value;
            return this;
        }

        /**
         * Sets the clock that tokens are checked against.
         *
         * @param value the time source
         * @return this builder
         */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Lets a share of the requests meet with trouble: errors, limits, lost connections and delays.
         *
         * @param share 0 for none to 1 for all
         * @param seed decides which; the same seed, the same sequence
         * @return this builder
         */
        public Builder trouble(double share, long seed) {
            mood = new Moods(share, seed);
            return this;
        }

        /**
         * Starts the server.
         *
         * @return the running fake
         * @throws UncheckedIOException if it cannot listen
         */
        public FakeHms start() {
            return new FakeHms(this);
        }
    }
}
