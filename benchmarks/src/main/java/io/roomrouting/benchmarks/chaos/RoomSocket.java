package io.roomrouting.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One WebSocket connection; tells its client, on the crowd's thread, what comes. Everything but what {@link WebSocket} calls
 * belongs to that thread.
 */
final class RoomSocket implements WebSocket.Listener {

    private static final Duration HANDSHAKE = Duration.ofSeconds(2);
    private static final int BROKEN = 1006;

    private final Executor crowd;
    private final Owner owner;
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<WebSocket> opening = new CompletableFuture<>();
    private CompletableFuture<WebSocket> sending = opening;

    /** Who the connection belongs to. */
    interface Owner {

        /** The handshake failed. */
        void notOpened(RoomSocket socket, Throwable why);

        /** A frame came. */
        void received(RoomSocket socket, JsonNode frame);

        /** The connection has ended; perhaps told twice. */
        void closed(RoomSocket socket, int code, String reason);
    }

    private RoomSocket(Executor crowd, Owner owner) {
        this.crowd = crowd;
        this.owner = owner;
    }

    /** Begins to connect; the first protocol is the wanted one. */
    static RoomSocket open(
            HttpClient http, URI url, String protocol, String[] credentials, Executor crowd, Owner owner) {
        RoomSocket socket = new RoomSocket(crowd, owner);
        socket.opening = http.newWebSocketBuilder()
                .connectTimeout(HANDSHAKE)
                .subprotocols(protocol, credentials)
                .buildAsync(url, socket)
                .whenComplete((open, failure) -> {
                    if (failure != null) {
                        crowd.execute(() -> owner.notOpened(socket, failure));
                    }
                });
        socket.sending = socket.opening;
        return socket;
    }

    /** Sends a frame behind those before it. */
    void send(String frame) {
        sending = sending.thenCompose(open -> open.sendText(frame, true)).whenComplete((open, failure) -> {
            if (failure != null) {
                crowd.execute(() -> owner.closed(this, BROKEN, ""));
            }
        });
    }

    /** Gives the connection up without a word. */
    void abort() {
        opening = opening.whenComplete((open, failure) -> {
            if (failure == null) {
                open.abort();
            }
        });
    }

    // What the connection calls

    @Override
    public CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            crowd.execute(() -> owner.received(this, RoutingApi.json(whole)));
        }
        open.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket open, int code, String reason) {
        crowd.execute(() -> owner.closed(this, code, reason));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket open, Throwable error) {
        crowd.execute(() -> owner.closed(this, BROKEN, ""));
    }
}
