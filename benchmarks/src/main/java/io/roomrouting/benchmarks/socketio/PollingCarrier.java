package io.roomrouting.benchmarks.socketio;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Long-polling: a request that waits for packets, again and again, and one more for each sending. */
final class PollingCarrier implements Carrier {

    private static final String SEPARATOR = "\u001e";
    private static final int OK = 200;

    private final HttpClient http;
    private volatile Endpoint endpoint;
    private final Inbound inbound;
    private boolean pausing;
    private boolean ended;
    private @Nullable Runnable whenPaused;

    PollingCarrier(HttpClient http, Endpoint endpoint, Inbound inbound) {
        this.http = http;
        this.endpoint = endpoint;
        this.inbound = inbound;
    }

    /** From now on requests are those of this session. */
    void named(String sid) {
        endpoint = new Endpoint(endpoint.port(), sid);
    }

    /** Asks for packets; the first answer is the handshake. */
    void poll() {
        HttpRequest request = HttpRequest.newBuilder(endpoint.polling()).build();
        var unused = http.sendAsync(request, BodyHandlers.ofString()).whenComplete(this::polled);
    }

    /** Polls no more; tells when the last poll has been answered. */
    synchronized void pause(Runnable paused) {
        pausing = true;
        whenPaused = paused;
    }

    @Override
    public CompletableFuture<?> carry(List<String> packets) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.polling())
                .POST(BodyPublishers.ofString(String.join(SEPARATOR, packets)))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenAccept(response -> {
            if (response.statusCode() != OK) {
                throw new CompletionException("POST: " + response.statusCode(), null);
            }
        });
    }

    @Override
    public synchronized void end() {
        ended = true;
    }

    private void polled(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null || response.statusCode() != OK) {
            if (!isEnded()) {
                inbound.lost(response == null ? String.valueOf(failure) : "GET: " + response.statusCode());
            }
            return;
        }
        for (String packet : response.body().split(SEPARATOR, -1)) {
            inbound.packet(packet);
        }
        Runnable paused;
        synchronized (this) {
            if (ended) {
                return;
            }
            paused = pausing ? whenPaused : null;
        }
        if (paused == null) {
            poll();
        } else {
            paused.run();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }
}
