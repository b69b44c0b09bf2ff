package io.roomrouting.benchmarks.socketio;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A WebSocket: each packet is a message. */
final class WebSocketCarrier implements Carrier {

    private final WebSocket socket;

    private WebSocketCarrier(WebSocket socket) {
        this.socket = socket;
    }

    static CompletableFuture<WebSocketCarrier> open(HttpClient http, Endpoint endpoint, Inbound inbound) {
        return http.newWebSocketBuilder()
                .buildAsync(endpoint.webSocket(), new Ear(inbound))
                .thenApply(WebSocketCarrier::new);
    }

    @Override
    public CompletableFuture<?> carry(List<String> packets) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (String packet : packets) {
            last = last.thenCompose(before -> socket.sendText(packet, true));
        }
        return last;
    }

    @Override
    public void end() {
        socket.abort();
    }

    /** Puts messages together. */
    private static final class Ear implements WebSocket.Listener {

        private final Inbound inbound;
        private final StringBuilder message = new StringBuilder();

        Ear(Inbound inbound) {
            this.inbound = inbound;
        }

        @Override
        @SuppressWarnings("NullAway") // null is the interface's word for: done with it
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                String packet = message.toString();
                message.setLength(0);
                inbound.packet(packet);
            }
            from.request(1);
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // as above
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            inbound.lost("closed with " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            inbound.lost(String.valueOf(error));
        }
    }
}
