package io.roomrouting.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.SocketListener;
import io.roomrouting.spi.InboundEvent;
import java.util.List;

/** Tells a client what it has shown, and sends its messages back, as events or as acknowledgements. */
record SocketEcho(ClientSocket socket) implements SocketListener {

    static SocketListener connect(ClientSocket socket, ConnectRequest request) {
        socket.accept();
        socket.emit("auth", List.of(json(request.auth())));
        socket.flush();
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
