package io.roomrouting.agones;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The SDK server beside a game server, over real HTTP; its JSON is spelt as the gateway of Agones spells it. */
final class FakeSidecar implements AutoCloseable {

    private final FakeFleet.Server gameServer;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentMap<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = Mood.WELL;
    private volatile boolean losesChanges;

    /** How it is. */
    enum Mood {
        WELL,
        /** Answers 500. */
        BROKEN,
        /** Never answers. */
        HANGING,
        /** Answers with something else. */
        BABBLING
    }

    FakeSidecar(FakeFleet.Server gameServer) {
        this.gameServer = gameServer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void become(Mood value) {
        mood = value;
    }

    /** Makes changes of the counter, and loses the answers. */
    void loseChanges(boolean value) {
        losesChanges = value;
    }

    int calls(String path) {
        AtomicInteger count = calls.get(path);
        return count == null ? 0 : count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.computeIfAbsent(path, unused -> new AtomicInteger()).incrementAndGet();
        JsonNode body = JsonHttp.JSON.readTree(exchange.getRequestBody());
        switch (mood) {
            case WELL -> serve(exchange, exchange.getRequestMethod() + " " + path, body);
            case BROKEN -> answer(exchange, 500, JsonHttp.JSON.createObjectNode());
            case HANGING -> hang(exchange);
            case BABBLING -> babble(exchange);
        }
    }

    private void serve(HttpExchange exchange, String what, JsonNode body) throws IOException {
        ObjectNode empty = JsonHttp.JSON.createObjectNode();
        switch (what) {
            case "POST /health" -> answer(exchange, 200, empty);
            case "POST /ready" -> become(exchange, "Ready");
            case "POST /allocate" -> become(exchange, "Allocated");
            case "POST /shutdown" -> become(exchange, "Shutdown");
            case "GET /gameserver" -> answer(exchange, 200, gameServer());
            case "GET /v1beta1/counters/rooms" -> answer(exchange, 200, counter());
            case "PATCH /v1beta1/counters/rooms" -> change(exchange, body);
            case "PUT /metadata/label" -> {
                gameServer.label(
                        "agones.dev/sdk-" + body.path("key").asText(),
                        body.path("value").asText());
                answer(exchange, 200, empty);
            }
            default -> answer(exchange, 404, empty);
        }
    }

    private void become(HttpExchange exchange, String state) throws IOException {
        gameServer.become(state);
        answer(exchange, 200, JsonHttp.JSON.createObjectNode());
    }

    private void change(HttpExchange exchange, JsonNode body) throws IOException {
        boolean changed = gameServer.change(body.path("countDiff").asLong());
        if (losesChanges) {
            exchange.close();
        } else {
            answer(exchange, changed ? 200 : 500, counter());
        }
    }

    private ObjectNode gameServer() {
        ObjectNode answer = JsonHttp.JSON.createObjectNode();
        answer.putObject("object_meta").put("name", gameServer.name()).put("namespace", "games");
        answer.set("status", gameServer.status());
        return answer;
    }

    private ObjectNode counter() {
        return JsonHttp.JSON
                .createObjectNode()
                .put("name", "rooms")
                .put("count", Long.toString(gameServer.count()))
                .put("capacity", Long.toString(gameServer.capacity()));
    }

    private void hang(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void babble(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] nonsense = "<html>welcome</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nonsense.length);
            exchange.getResponseBody().write(nonsense);
        }
    }

    private static void answer(HttpExchange exchange, int code, ObjectNode body) throws IOException {
        try (exchange) {
            byte[] bytes = JsonHttp.JSON.writeValueAsBytes(body);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
