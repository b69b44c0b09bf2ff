package io.roomrouting.agones;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The part of the Kubernetes API that allocates, over real HTTP, with whatever can go wrong. */
final class FakeKubernetes implements AutoCloseable {

    static final String PATH = "/apis/allocation.agones.dev/v1/namespaces/games/gameserverallocations";

    private final FakeFleet fleet;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Trouble> next = new ConcurrentLinkedDeque<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Supplier<Optional<Trouble>> always = Optional::empty;

    /** Does what the request asks for. */
    interface Allocation {
        ObjectNode make();
    }

    /** What happens to a request instead of the usual. */
    interface Trouble {
        void happen(HttpExchange exchange, Allocation allocation) throws IOException;
    }

    FakeKubernetes(FakeFleet fleet) {
        this(fleet, Optional.empty());
    }

    FakeKubernetes(FakeFleet fleet, Optional<SSLContext> tls) {
        this.fleet = fleet;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls.isPresent()) {
                HttpsServer secure = HttpsServer.create(anyPort, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = secure;
            } else {
                server = HttpServer.create(anyPort, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    /** Lets the next requests meet these, one each. */
    FakeKubernetes next(Trouble... troubles) {
        next.addAll(List.of(troubles));
        return this;
    }

    /** Lets every request meet what this says, if it says something. */
    void always(Supplier<Optional<Trouble>> trouble) {
        always = trouble;
    }

    List<String> authorizations() {
        return authorizations;
    }

    List<JsonNode> requests() {
        return requests;
    }

    static Trouble status(int code) {
        return (exchange, allocation) -> answer(exchange, code, message("no"));
    }

    static Trouble statusWithRetryAfter(int code, int seconds) {
        return (exchange, allocation) -> {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(seconds));
            answer(exchange, code, message("later"));
        };
    }

    /** A refusal that quotes what the client sent. */
    static Trouble echo(int code) {
        return (exchange, allocation) -> answer(
                exchange,
                code,
                message("forbidden\nfor " + exchange.getRequestHeaders().getFirst("Authorization")));
    }

    static Trouble contention() {
        return (exchange, allocation) ->
                answer(exchange, 201, wrapped(JsonHttp.JSON.createObjectNode().put("state", "Contention")));
    }

    /** The allocation is made, and the answer lost. */
    static Trouble lostAnswer() {
        return (exchange, allocation) -> {
            allocation.make();
            exchange.close();
        };
    }

    /** The allocation is made, and the answer never comes. */
    Trouble hang() {
        return (exchange, allocation) -> {
            allocation.make();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    static Trouble says(int code, String body) {
        return (exchange, allocation) -> write(exchange, code, body.getBytes(StandardCharsets.UTF_8));
    }

    static Trouble redirect(URI to) {
        return (exchange, allocation) -> {
            exchange.getResponseHeaders().set("Location", to + PATH);
            write(exchange, 307, new byte[0]);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        JsonNode request = JsonHttp.JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        boolean known = exchange.getRequestURI().getPath().equals(PATH)
                && exchange.getRequestMethod().equals("POST")
                && request.path("apiVersion").asText().equals("allocation.agones.dev/v1")
                && request.path("kind").asText().equals("GameServerAllocation")
                && exchange.getRequestHeaders().getFirst("Content-Type").startsWith("application/json");
        if (!known) {
            answer(exchange, 404, message("not found"));
            return;
        }
        Allocation allocation = () -> fleet.allocate(request.path("spec"));
        Trouble scripted = next.poll();
        Optional<Trouble> trouble = scripted != null ? Optional.of(scripted) : always.get();
        if (trouble.isPresent()) {
            trouble.get().happen(exchange, allocation);
        } else {
            answer(exchange, 201, wrapped(allocation.make()));
        }
    }

    private static ObjectNode wrapped(ObjectNode status) {
        ObjectNode answer = JsonHttp.JSON.createObjectNode();
        answer.put("kind", "GameServerAllocation").put("apiVersion", "allocation.agones.dev/v1");
        answer.set("status", status);
        return answer;
    }

    private static ObjectNode message(String text) {
        return JsonHttp.JSON.createObjectNode().put("kind", "Status").put("message", text);
    }

    private static void answer(HttpExchange exchange, int code, ObjectNode body) throws IOException {
        write(exchange, code, JsonHttp.JSON.writeValueAsBytes(body));
    }

    private static void write(HttpExchange exchange, int code, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
