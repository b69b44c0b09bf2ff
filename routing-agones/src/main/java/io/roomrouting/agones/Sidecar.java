package io.roomrouting.agones;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Request;

/**
 * The SDK server that Agones puts beside every game server, over its HTTP interface.
 *
 * <p>Every call blocks for two seconds at most and is made once. It throws {@link IOException} when the side-car did not
 * answer or refused; then nothing is known about its effect. The side-car may start after this process. Thread-safe.
 */
public final class Sidecar implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration START_POLL = Duration.ofMillis(200);
    private static final String DEFAULT_PORT = "9358";

    private final JsonHttp http = new JsonHttp(client -> client);
    private final String base;

    private Sidecar(URI base) {
        if (!"http".equals(base.getScheme()) || base.getHost() == null) {
            throw RoutingException.invalid("a side-car is at http://host:port");
        }
        this.base = base.toString().replaceAll("/+$", "");
    }

    /**
     * Returns the side-car of the pod that this process runs in.
     *
     * @return on the loopback address, at port {@code AGONES_SDK_HTTP_PORT} or 9358; to be closed by the caller
     */
    public static Sidecar local() {
        return local(System.getenv());
    }

    static Sidecar local(Map<String, String> environment) {
        String port = environment.getOrDefault("AGONES_SDK_HTTP_PORT", DEFAULT_PORT);
        return at(URI.create("http://localhost:" + port));
    }

    /**
     * Returns a side-car somewhere else, for example one in local mode.
     *
     * @param base for example {@code http://localhost:9358}
     * @return to be closed by the caller
     * @throws RoutingException.InvalidRequest if this is no HTTP address
     */
    public static Sidecar at(URI base) {
        return new Sidecar(base);
    }

    /**
     * Says that this game server may be allocated; also, that it may be given up again after it was.
     *
     * @throws IOException if the side-car does not take it
     */
    public void ready() throws IOException {
        post("/ready");
    }

    /**
     * Says that this process is well.
     *
     * @throws IOException if the side-car does not take it
     */
    public void health() throws IOException {
        post("/health");
    }

    /**
     * Says that this game server is in use and must not be given up.
     *
     * @throws IOException if the side-car does not take it
     */
    public void allocate() throws IOException {
        post("/allocate");
    }

    /**
     * Says that this game server is no longer needed; Agones removes its pod.
     *
     * @throws IOException if the side-car does not take it
     */
    public void shutdown() throws IOException {
        post("/shutdown");
    }

    /**
     * Gives this game server the label {@code agones.dev/sdk-} and the key.
     *
     * @param key the rest of the label's name
     * @param value the label's value, up to 63 characters
     * @throws IOException if the side-car does not take it
     */
    public void label(String key, String value) throws IOException {
        ObjectNode body = JsonHttp.JSON.createObjectNode().put("key", key).put("value", value);
        send(new Request.Builder().put(JsonHttp.json(body)), "/metadata/label");
    }

    /**
     * Asks what this game server is.
     *
     * @return as the side-car last heard of it
     * @throws IOException if there is no answer that makes sense
     */
    public GameServer gameServer() throws IOException {
        JsonNode answer = send(new Request.Builder().get(), "/gameserver");
        JsonNode meta = answer.has("object_meta") ? answer.path("object_meta") : answer.path("objectMeta");
        JsonNode status = answer.path("status");
        String name = meta.path("name").asText("");
        if (name.isEmpty()) {
            throw new IOException("the side-car names no game server");
        }
        Map<String, Integer> ports = new HashMap<>();
        for (JsonNode port : status.path("ports")) {
            ports.put(port.path("name").asText(""), port.path("port").asInt());
        }
        return new GameServer(
                name,
                meta.path("namespace").asText(""),
                status.path("state").asText(""),
                Optional.of(status.path("address").asText("")).filter(address -> !address.isEmpty()),
                ports);
    }

    /**
     * Waits until the side-car is up and knows where clients reach this game server.
     *
     * @param port the port that clients will use
     * @param atMost how long to wait
     * @return the game server, with an address
     * @throws IOException if it is not known in time
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public GameServer awaitAddress(String port, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            IOException failure;
            try {
                GameServer server = gameServer();
                if (server.address().isPresent() && server.ports().containsKey(port)) {
                    return server;
                }
                failure = new IOException("game server " + server.name() + " has no address for port " + port);
            } catch (IOException e) {
                failure = e;
            }
            if (System.nanoTime() - end >= 0) {
                throw failure;
            }
            TimeSource.system().await(new CompletableFuture<Void>(), START_POLL);
        }
    }

    /**
     * Asks for a counter.
     *
     * @param name a key of the game server's {@code spec.counters}
     * @return with what this process has changed, if not yet with what others have changed just now
     * @throws IOException if there is no such counter, or no answer
     */
    public RoomCount counter(String name) throws IOException {
        return count(send(new Request.Builder().get(), counterPath(name)));
    }

    /**
     * Changes a counter by a difference, which is safe beside changes that others make at the same time.
     *
     * @param name a key of the game server's {@code spec.counters}
     * @param difference added to the count; may be negative, not zero
     * @return as it will be
     * @throws IOException if there is no such counter, the count would be negative or above its capacity, or there is no
     *     answer
     */
    public RoomCount change(String name, long difference) throws IOException {
        // A string, as protocol buffers write 64-bit integers in JSON.
        ObjectNode body = JsonHttp.JSON.createObjectNode().put("countDiff", Long.toString(difference));
        return count(send(new Request.Builder().patch(JsonHttp.json(body)), counterPath(name)));
    }

    private static String counterPath(String name) {
        Fleet.checkCounter(name);
        return "/v1beta1/counters/" + name;
    }

    private static RoomCount count(JsonNode counter) throws IOException {
        JsonNode count = counter.path("count");
        JsonNode capacity = counter.path("capacity");
        if (count.isMissingNode() || capacity.isMissingNode()) {
            throw new IOException("the side-car's answer is no counter");
        }
        return new RoomCount(count.asLong(), capacity.asLong());
    }

    private void post(String path) throws IOException {
        send(new Request.Builder().post(JsonHttp.json(JsonHttp.JSON.createObjectNode())), path);
    }

    private JsonNode send(Request.Builder request, String path) throws IOException {
        JsonHttp.Answer answer = http.send(request.url(base + path).build(), TIMEOUT);
        if (!answer.isSuccess()) {
            throw new IOException("the side-car answers HTTP " + answer.status() + " to " + path);
        }
        return answer.body();
    }

    /** Closes the idle connections. */
    @Override
    public void close() {
        http.close();
    }
}
