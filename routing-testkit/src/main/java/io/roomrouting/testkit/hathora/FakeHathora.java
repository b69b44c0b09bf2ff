package io.roomrouting.testkit.hathora;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomrouting.TimeSource;
import io.roomrouting.testkit.hathora.Mischief.Fate;
import io.roomrouting.testkit.hathora.RoomApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Hathora of one's own: speaks the room API over real HTTP on this machine, starts processes for rooms on demand
 * through a {@link ProcessLauncher}, and behaves as badly as it is told ({@link #behave}).
 *
 * <p>Of one room id there is one room: creating it again finds it. A room whose process has ended, or that was destroyed, is
 * unknown to {@code connectioninfo}; creating or resuming it puts it on another process. Thread-safe.
 */
public final class FakeHathora implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FakeHathora.class);
    private static final int MAX_BODY_BYTES = 64 << 10;

    private final String appId;
    private final String authorization;
    private final TimeSource time;
    private final RoomBook book;
    private final RoomApi api;
    private final Traffic traffic = new Traffic();
    private final Prankster prankster;
    private final ExecutorService executor;
    private final HttpServer server;
    private final Random random;
    private volatile Mischief mischief = Mischief.NONE;

    FakeHathora(FakeHathoraBuilder builder) throws IOException {
        this.appId = builder.appId;
        this.authorization = "Bearer " + builder.token;
        this.time = builder.time;
        this.random = new Random(builder.seed);
        this.book = new RoomBook(builder.appId, builder.launcher, builder.roomsPerProcess);
        this.api = new RoomApi(book);
        this.executor = Executors.newCachedThreadPool(FakeHathora::thread);
        this.prankster = new Prankster(time, executor);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), builder.port), 0);
        server.setExecutor(executor);
        server.createContext("/", this::take);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fake-hathora");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts to describe one.
     *
     * @param launcher starts processes
     * @return a builder
     */
    public static FakeHathoraBuilder builder(ProcessLauncher launcher) {
        return new FakeHathoraBuilder(launcher);
    }

    FakeHathora started() {
        server.start();
        return this;
    }

    /**
     * Returns where the API is.
     *
     * @return an http URL of this machine
     */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Changes its behaviour, for the requests from now on.
     *
     * @param value how bad
     */
    public void behave(Mischief value) {
        mischief = value;
    }

    /**
     * Returns all rooms that were ever made.
     *
     * @return their ids
     */
    public Set<String> rooms() {
        return book.ids();
    }

    /**
     * Counts the processes that were started.
     *
     * @return how many, those that have ended included
     */
    public int processes() {
        return book.launched();
    }

    /**
     * Counts requests.
     *
     * @param operation {@code create}, {@code connectioninfo}, {@code resume}, {@code info} or {@code destroy}
     * @param room the room's id
     * @return how many there were
     */
    public int requests(String operation, String room) {
        return traffic.count(operation, room);
    }

    /**
     * Counts all requests.
     *
     * @return how many there were
     */
    public int requests() {
        return traffic.count();
    }

    /**
     * Says how many requests for a room were under way at a time.
     *
     * @param room the room's id
     * @return the most that there were
     */
    public int mostRequestsAtOnce(String room) {
        return traffic.mostAtOnce(room);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        Optional<Target> target = Target.of(exchange.getRequestURI(), appId);
        if (target.isEmpty()) {
            prankster.write(exchange, Answer.error(404, "there is nothing here"));
        } else if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            prankster.write(exchange, Answer.error(401, "the token is not valid"));
        } else {
            serve(exchange, target.get(), body);
        }
    }

    private void serve(HttpExchange exchange, Target target, String body) throws IOException {
        if (!exchange.getRequestMethod().equals(target.method())) {
            prankster.write(exchange, Answer.error(405, "another method is expected"));
        } else if (!RoomApi.isRoom(target.room())) {
            prankster.write(exchange, Answer.error(400, "that is not a room id"));
        } else {
            traffic.begins(target.operation(), target.room());
            Mischief now = mischief;
            Fate fate = fate(now);
            time.schedule(fate.kept(), () -> executor.execute(() -> answer(exchange, target, body, now, fate)));
        }
    }

    private synchronized Fate fate(Mischief now) {
        return now.next(random);
    }

    private void answer(HttpExchange exchange, Target target, String body, Mischief now, Fate fate) {
        try {
            boolean takesEffect = fate.prank().isEmpty() || fate.afterTheEffect();
            Answer answer = takesEffect ? api.answer(target.operation(), target.room(), body) : new Answer(200, "{}");
            traffic.ends(target.room());
            if (fate.prank().isPresent()) {
                prankster.play(fate.prank().get(), exchange, answer, now, fate);
            } else {
                prankster.write(exchange, answer);
            }
        } catch (IOException e) {
            LOG.debug("{} was not answered: {}", target, e.getMessage());
            exchange.close();
        } catch (RuntimeException e) {
            LOG.error("{} failed", target, e);
            exchange.close();
        }
    }

    /** Ends the processes and the server. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        book.close();
    }

    static FakeHathora start(FakeHathoraBuilder builder) {
        try {
            return new FakeHathora(builder).started();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + builder.port + " cannot be listened on: " + e.getMessage(), e);
        }
    }
}
