package io.roomrouting.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.roomrouting.TimeSource;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.SocketListener;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.List;

/** Tells a client what it has shown, and sends its messages back, as events or as acknowledgements. */
record SocketEcho(ClientSocket socket) implements SocketListener {

    /** The older copies of the suite miss an event that comes together with the answer to their CONNECT. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    static SocketListener connect(ClientSocket socket, ConnectRequest request) {
        JsonNode shown = json(request.auth());
        socket.accept();
        TimeSource.system().schedule(PAUSE, () -> {
            socket.emit("auth", List.of(shown));
            socket.flush();
        });
        return new SocketEcho(socket);
    }

    @Override
    public void onEvent(InboundEvent event) {
        List<JsonNode> arguments =
                event.arguments().stream().map(SocketEcho::json).toList();
        if (event.name().equals("message")) {
            socket.emit("message-back", arguments);
        } else if (event.name().equals("message-with-ack")) {
            socket.acknowledge(event.replyId(), arguments);
        }
    }

    @Override
    public void onReadComplete() {
        socket.flush();
    }

    @Override
    public void onDisconnected(DisconnectReason reason) {
        // There is nothing to clean up.
    }

    private static JsonNode json(Payload payload) {
        return payload.isNull() ? NullNode.getInstance() : payload.as(JsonNode.class);
    }
}
