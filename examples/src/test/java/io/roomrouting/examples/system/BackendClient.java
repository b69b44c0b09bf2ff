package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Speaks the backend's HTTP API as an application would. Thread-safe. */
final class BackendClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;

    BackendClient(int port) {
        base = URI.create("http://localhost:" + port);
    }

    /** What the backend said. */
    record Answer(int status, Map<String, String> headers, JsonNode body) {

        String code() {
            return body.path("code").asText();
        }
    }

    /** Where a room is, as a client learns it. */
    record RouteAnswer(String roomId, String host, String url, String token) {

        RouteAnswer withToken(String other) {
            return new RouteAnswer(roomId, host, url, other);
        }

        @Override
        public String toString() {
            return roomId + " on " + host;
        }
    }

    String login(String user) {
        Answer answer = post(
                "/api/login", "", JSON.createObjectNode().put("userId", user).toString());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("token").asText();
    }

    String createRoom(String loginToken) {
        Answer answer = post("/api/rooms", loginToken, "");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("roomId").asText();
    }

    RouteAnswer resolve(String loginToken, String room) {
        Answer answer = get("/api/rooms/" + room, loginToken);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return routeOf(answer);
    }

    RouteAnswer resolveAs(String user, String room) {
        return resolve(login(user), room);
    }

    /** Makes rooms until one is placed on this host; waits for the host if need be. */
    String roomOn(String host, String loginToken) {
        return roomOn(host, loginToken, Waiting.PATIENCE);
    }

    String roomOn(String host, String loginToken, Duration patience) {
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(patience)
                .until(() -> tryRoom(loginToken), route -> route.host().equals(host))
                .roomId();
    }

    private RouteAnswer tryRoom(String loginToken) {
        Answer created = post("/api/rooms", loginToken, "");
        return created.status() == 200
                ? resolve(loginToken, created.body().path("roomId").asText())
                : new RouteAnswer("", "", "", "");
    }

    static RouteAnswer routeOf(Answer answer) {
        JsonNode body = answer.body();
        return new RouteAnswer(
                body.path("roomId").asText(),
                body.path("host").asText(),
                body.path("url").asText(),
                body.path("token").asText());
    }

    Answer get(String path, String bearer) {
        return send(request(path, bearer).GET());
    }

    Answer post(String path, String bearer, String json) {
        HttpRequest.Builder request = request(path, bearer);
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request.POST(json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Waiting.PATIENCE);
        return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return new Answer(response.statusCode(), headers, jsonOf(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode jsonOf(HttpResponse<String> response) throws IOException {
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return json ? JSON.readTree(response.body()) : JSON.createObjectNode().put("text", response.body());
    }
}
