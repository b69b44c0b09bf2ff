package io.roomrouting.benchmarks.socketio;

import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A well-behaved Socket.IO client in the main namespace: handshake, heartbeat, events, the change from polling to a
 * WebSocket as the official clients do it. Thread-safe; nothing blocks.
 */
final class EngineClient implements Inbound {

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private static final Carrier NOT_YET = new Carrier() {
        @Override
        public CompletableFuture<?> carry(List<String> packets) {
            throw new IllegalStateException("not connected");
        }

        @Override
        public void end() {
            // There is nothing to end.
        }
    };

    private final HttpClient http;
    private final int port;
    private final String ticket;
    private final Consumer<String> onMessage;
    private final Outbox outbox = new Outbox(() -> lost("a request was not taken"));
    private final AtomicInteger pings = new AtomicInteger();
    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> probed = new CompletableFuture<>();
    private final CompletableFuture<Void> upgraded = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private volatile String sid = "";
    private volatile Carrier carrier = NOT_YET;
    private volatile Carrier candidate = NOT_YET;

    /**
     * Makes a client that is not connected.
     *
     * @param onMessage told of every message but the answer to the CONNECT, as it is after the digit 4
     */
    EngineClient(HttpClient http, int port, String ticket, Consumer<String> onMessage) {
        this.http = http;
        this.port = port;
        this.ticket = ticket;
        this.onMessage = onMessage;
    }

    /** Connects by polling; completes when it is in the namespace. */
    CompletableFuture<Void> poll() {
        PollingCarrier polling = new PollingCarrier(http, new Endpoint(port, ""), this);
        carrier = polling;
        polling.poll();
        return entered;
    }

    /** Connects by WebSocket; completes when it is in the namespace. */
    CompletableFuture<Void> openWebSocket() {
        return WebSocketCarrier.open(http, new Endpoint(port, ""), this).thenCompose(socket -> {
            carrier = socket;
            outbox.use(socket);
            return entered;
        });
    }

    /** Opens a WebSocket beside the polling; completes when the server has answered the probe. */
    CompletableFuture<Void> probe() {
        return WebSocketCarrier.open(http, new Endpoint(port, sid), new Candidate())
                .thenCompose(socket -> {
                    candidate = socket;
                    return socket.carry(List.of("2probe")).thenCompose(sent -> probed);
                });
    }

    /** Changes over to the WebSocket of {@link #probe}; completes when that is done. */
    CompletableFuture<Void> upgrade() {
        PollingCarrier polling = (PollingCarrier) carrier;
        polling.pause(() -> outbox.hold(() -> {
            polling.end();
            carrier = candidate;
            var unused = candidate.carry(List.of("5")).thenRun(() -> {
                outbox.use(candidate);
                upgraded.complete(null);
            });
        }));
        return upgraded;
    }

    /** Says something: the JSON of an event, with its ack id before it if it wants an answer. */
    void say(String json) {
        outbox.add("42" + json);
    }

    /** Leaves at once. */
    void leave() {
        end.complete("left");
        if (carrier instanceof PollingCarrier) {
            outbox.add("1");
        }
        carrier.end();
        candidate.end();
    }

    /** How many pings have come. */
    int pings() {
        return pings.get();
    }

    /** Completes when it is in the namespace. */
    CompletableFuture<Void> entry() {
        return entered;
    }

    boolean isOpen() {
        return entered.isDone() && !entered.isCompletedExceptionally() && !end.isDone();
    }

    /** Completes with how it ended. */
    CompletableFuture<String> end() {
        return end;
    }

    @Override
    public void packet(String packet) {
        switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
            case '0' -> opened(packet);
            case '1' -> ended("told");
            case '2' -> {
                pings.incrementAndGet();
                outbox.add("3");
            }
            case '4' -> message(packet.substring(1));
            case '6' -> {}
            default -> ended("a packet that cannot be: " + packet);
        }
    }

    @Override
    public void lost(String why) {
        ended(why);
    }

    private void opened(String packet) {
        Matcher matcher = SID.matcher(packet);
        if (!matcher.find()) {
            ended("a handshake without a name");
            return;
        }
        sid = matcher.group(1);
        outbox.add("40{\"ticket\":\"" + ticket + "\"}");
        if (carrier instanceof PollingCarrier polling) {
            polling.named(sid);
            outbox.use(polling);
        }
    }

    private void message(String message) {
        if (message.startsWith("0")) {
            entered.complete(null);
        } else if (message.startsWith("1")) {
            ended("told");
        } else if (message.startsWith("4")) {
            ended("refused");
        } else {
            onMessage.accept(message);
        }
    }

    private void ended(String how) {
        entered.completeExceptionally(new IllegalStateException(how));
        probed.completeExceptionally(new IllegalStateException(how));
        upgraded.completeExceptionally(new IllegalStateException(how));
        if (end.complete(how)) {
            carrier.end();
            candidate.end();
        }
    }

    /** Hears a WebSocket that has not taken over, and hands it on when it has. */
    private final class Candidate implements Inbound {

        @Override
        public void packet(String packet) {
            if (packet.equals("3probe")) {
                probed.complete(null);
            } else {
                EngineClient.this.packet(packet);
            }
        }

        @Override
        public void lost(String why) {
            if (carrier == candidate) {
                EngineClient.this.lost(why);
            } else {
                probed.completeExceptionally(new IllegalStateException(why));
            }
        }
    }
}
