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
import java.util.concurrent.CompletableFuture;

/** The backend's HTTP API, as a client uses it. Thread-safe; does not block. */
final class RoutingApi {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI backend;

    RoutingApi(HttpClient http, URI backend) {
        this.http = http;
        this.backend = backend;
    }

    CompletableFuture<HttpResponse<String>> login(String user) {
        return send(request("/api/login", "").POST(BodyPublishers.ofString("{\"userId\":\"" + user + "\"}")));
    }

    CompletableFuture<HttpResponse<String>> createRoom(String login) {
        return send(request("/api/rooms", login).POST(BodyPublishers.ofString("{}")));
    }

    CompletableFuture<HttpResponse<String>> lookUp(String room, String login) {
        return send(request("/api/rooms/" + room, login).GET());
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

    private HttpRequest.Builder request(String path, String login) {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        return login.isEmpty() ? request : request.header("Authorization", "Bearer " + login);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }
}
