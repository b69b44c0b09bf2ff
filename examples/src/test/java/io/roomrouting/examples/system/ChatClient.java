package io.roomrouting.examples.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client in a room, over the JDK's WebSocket; remembers every frame that came. Thread-safe. */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

    /** How a connection ended; code 1006 when it broke. */
    record Close(int code, String reason) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> frames = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable Close close;
    private @Nullable WebSocket socket;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);
    private boolean remembering = true;
    private int lastId;

    private ChatClient() {}

    /** Connects as a browser does, with the ticket among the subprotocols, and waits until it is in the room. */
    static ChatClient join(RouteAnswer route) {
        ChatClient client = connect(route, Optional.empty());
        client.awaitEvent("online_users");
        return client;
    }

    /** Connects, whatever the server then thinks of it. */
    static ChatClient connect(RouteAnswer route) {
        return connect(route, Optional.empty());
    }

    static ChatClient connect(RouteAnswer route, Optional<String> origin) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("room.v1", "ticket." + route.token());
        origin.ifPresent(value -> builder.header("Origin", value));
        return connect(builder, URI.create(route.url()));
    }

    /** Fails with a {@link java.util.concurrent.CompletionException} when the server refuses the upgrade over HTTP. */
    static ChatClient connect(WebSocket.Builder builder, URI uri) {
        ChatClient client = new ChatClient();
        WebSocket opened = builder.connectTimeout(Duration.ofSeconds(5))
                .buildAsync(uri, client)
                .join();
        client.opened(opened);
        return client;
    }

    /** Reads on, but remembers nothing of it any more. */
    synchronized void stopRemembering() {
        remembering = false;
        frames.clear();
    }

    /** Sends an event without waiting for anything. */
    void send(String event, ObjectNode data) {
        sendText(BackendClient.JSON
                .createObjectNode()
                .put("event", event)
                .<ObjectNode>set("data", data)
                .toString());
    }

    /** Writes a message and waits for the room's confirmation. */
    JsonNode say(String text) {
        return request("send_message", BackendClient.JSON.createObjectNode().put("text", text));
    }

    /** Sends an event and waits for its reply. */
    JsonNode request(String event, ObjectNode data) {
        int id = nextId();
        ObjectNode frame =
                BackendClient.JSON.createObjectNode().put("event", event).put("id", id);
        sendText(frame.<ObjectNode>set("data", data).toString());
        return await("the reply to " + event, received -> received.path("reply").asInt(-1) == id);
    }

    synchronized void sendText(String text) {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        lastSend = lastSend.thenCompose(done -> open.sendText(text, true));
    }

    /** Returns the data of the first event of this name, waiting for it if need be. */
    JsonNode awaitEvent(String name) {
        return awaitEvent(name, data -> true);
    }

    JsonNode awaitEvent(String name, Predicate<JsonNode> matching) {
        return await(name, frame -> frame.path("event").asText().equals(name) && matching.test(frame.path("data")))
                .path("data");
    }

    JsonNode awaitMessage(String text) {
        return awaitEvent("new_message", data -> data.path("text").asText().equals(text));
    }

    Close awaitClose() {
        return until("the end", () -> Optional.ofNullable(close));
    }

    synchronized List<JsonNode> events(String name) {
        return frames.stream()
                .filter(frame -> frame.path("event").asText().equals(name))
                .map(frame -> frame.path("data"))
                .toList();
    }

    synchronized boolean isOpen() {
        return close == null;
    }

    /** Leaves as a browser does that closes its window, and waits for the server's goodbye. */
    @Override
    public void close() {
        if (sayGoodbye()) {
            awaitClose();
        }
    }

    private synchronized boolean sayGoodbye() {
        WebSocket open = socket;
        if (open == null || close != null) {
            return false;
        }
        lastSend = lastSend.thenCompose(done -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        return true;
    }

    /** Vanishes without a word. */
    synchronized void abort() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
            close = new Close(1006, "aborted by this client");
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended(new Close(code, reason));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended(new Close(1006, error.toString()));
    }

    private synchronized void opened(WebSocket opened) {
        socket = opened;
    }

    private synchronized int nextId() {
        return ++lastId;
    }

    private synchronized void received(String text) {
        if (!remembering) {
            return;
        }
        try {
            frames.add(BackendClient.JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        notifyAll();
    }

    private synchronized void ended(Close how) {
        close = how;
        notifyAll();
    }

    private JsonNode await(String what, Predicate<JsonNode> matching) {
        return until(what, () -> frames.stream().filter(matching).findFirst());
    }

    private synchronized <T> T until(String what, Supplier<Optional<T>> condition) {
        long end = System.nanoTime() + Waiting.PATIENCE.toNanos();
        for (Optional<T> found = condition.get(); ; found = condition.get()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (found.isPresent()) {
                return found.get();
            }
            if (left <= 0) {
                throw new AssertionError(what + " did not come; came: " + frames + ", closed: " + close);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
