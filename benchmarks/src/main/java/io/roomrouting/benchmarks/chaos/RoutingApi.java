package io.roomrouting.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The backends' HTTP API, as a client uses it: another one is asked next when one does not answer, or says that it cannot.
 * Thread-safe; does not block.
 */
final class RoutingApi {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final List<URI> backends;
    private final AtomicInteger turn = new AtomicInteger();

    RoutingApi(HttpClient http, List<URI> backends) {
        this.http = http;
        this.backends = List.copyOf(backends);
    }

    CompletableFuture<HttpResponse<String>> login(String user) {
        return send(
                "/api/login", "", request -> request.POST(BodyPublishers.ofString("{\"userId\":\"" + user + "\"}")));
    }

    CompletableFuture<HttpResponse<String>> createRoom(String login) {
        return send("/api/rooms", login, request -> request.POST(BodyPublishers.ofString("{}")));
    }

    CompletableFuture<HttpResponse<String>> lookUp(String room, String login) {
        return send("/api/rooms/" + room, login, HttpRequest.Builder::GET);
    }

    static String field(HttpResponse<String> answer, String name) {
        return json(answer.body()).path(name).asText();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(
            String path, String login, UnaryOperator<HttpRequest.Builder> method) {
        int asked = turn.get();
        URI backend = backends.get(Math.floorMod(asked, backends.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        if (!login.isEmpty()) {
            request.header("Authorization", "Bearer " + login);
        }
        return http.sendAsync(method.apply(request).build(), BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    if (failure != null || answer.statusCode() == UNAVAILABLE) {
                        turn.compareAndSet(asked, asked + 1);
                    }
                });
    }
}
