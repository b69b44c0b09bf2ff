package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.ProtocolViolation;
import io.roomrouting.spi.InboundEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One client's connection with the namespaces that it is in (Socket.IO 5, sections "Connection to a namespace" and
 * "Disconnection"). Whatever cannot be at this point closes the connection: a second CONNECT, a packet for a namespace that
 * was not entered, a CONNECT_ERROR. All state belongs to the connection's callbacks.
 */
final class SocketConnection implements EngineListener {

    private final SocketServer server;
    private final EngineConnection connection;
    private final Origin origin;
    private final SocketPacketDecoder decoder;
    private final CallbackTimer connectTimer;
    private final CallbackTimer attachmentTimer;

    /** Those that this side has put out stay here for a while: what they say may have been on its way. */
    private final Map<String, ClientSocket> sockets = new HashMap<>();

    private boolean over;

    SocketConnection(SocketServer server, EngineConnection connection, EngineRequest handshake) {
        this.server = server;
        this.connection = connection;
        this.origin = new Origin(connection, handshake, server.connectionName());
        this.decoder = new SocketPacketDecoder(server.settings().maxAttachments());
        this.connectTimer = new CallbackTimer(server.time(), connection);
        this.attachmentTimer = new CallbackTimer(server.time(), connection);
        connectTimer.restart(server.settings().connectTimeout(), this::connectTimeIsOver);
    }

    @Override
    public void onText(String text) {
        read(() -> decoder.text(text));
    }

    @Override
    public void onBinary(byte[] bytes) {
        read(() -> decoder.binary(bytes));
    }

    private void read(Reading reading) {
        if (over) {
            return;
        }
        attachmentTimer.stop();
        try {
            Optional<SocketPacket> packet = reading.packet();
            if (decoder.isWaiting()) {
                attachmentTimer.restart(server.settings().connectTimeout(), this::unreadable);
            }
            packet.ifPresent(this::received);
        } catch (ProtocolViolation violation) {
            unreadable();
        }
    }

    private void unreadable() {
        fail(DisconnectReason.PARSE_ERROR, CloseReason.PARSE_ERROR);
    }

    @Override
    public void onReadComplete() {
        EachOf.tell(List.copyOf(sockets.values()), socket -> socket.inbound().tell(SocketListener::onReadComplete));
    }

    @Override
    public void onUpgraded() {
        sockets.values().stream().filter(ClientSocket::isConnected).forEach(server.watch()::upgraded);
    }

    @Override
    public void onClosed(CloseReason reason) {
        end(DisconnectReason.of(reason));
    }

    private void received(SocketPacket packet) {
        ClientSocket socket = sockets.get(packet.namespace());
        if (packet instanceof SocketPacket.Connect connect && (socket == null || socket.isGone())) {
            connect(connect);
        } else if (packet instanceof SocketPacket.Connect
                || packet instanceof SocketPacket.ConnectError
                || socket == null
                || (!socket.isConnected() && !socket.isGone())) {
            fail(DisconnectReason.FORCED_SERVER_CLOSE, CloseReason.FORCED_CLOSE);
        } else if (socket.isConnected()) {
            received(packet, socket);
        }
    }

    private void received(SocketPacket packet, ClientSocket socket) {
        if (packet instanceof SocketPacket.Event event) {
            InboundEvent inbound = new InboundEvent(event.name(), payloads(event.arguments()), event.ackId());
            server.watch().received(socket, inbound);
            socket.inbound().tell(to -> to.onEvent(inbound));
        } else if (packet instanceof SocketPacket.Ack ack) {
            socket.inbound().answered(ack.ackId(), new AckOutcome.Answered(payloads(ack.arguments())));
        } else if (packet instanceof SocketPacket.Disconnect) {
            sockets.remove(packet.namespace());
            socket.inbound().ended(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        }
    }

    private void connect(SocketPacket.Connect packet) {
        String namespace = packet.namespace();
        ClientSocket socket = new ClientSocket(namespace, origin, server);
        Optional<NamespaceHandler> handler = server.namespaces().find(namespace);
        if (handler.isEmpty()) {
            socket.refuse("Invalid namespace", Optional.empty());
        } else if (isFull(namespace)) {
            socket.refuse("Too many namespaces", Optional.empty());
        } else {
            sockets.put(namespace, socket);
            JsonNode auth = packet.auth().map(JsonNode.class::cast).orElseGet(JsonNodeFactory.instance::objectNode);
            socket.inbound()
                    .listener(handler.get()
                            .connect(
                                    socket,
                                    new ConnectRequest(namespace, payload(auth), origin.handshake(), Map.of())));
        }
    }

    private boolean isFull(String namespace) {
        if (sockets.size() >= server.settings().maxNamespaces()) {
            sockets.values().removeIf(ClientSocket::isGone);
        }
        return sockets.size() >= server.settings().maxNamespaces() && !sockets.containsKey(namespace);
    }

    /** Says what the reference implementation says too: a client that is in no namespace has no business here. */
    private void connectTimeIsOver() {
        if (sockets.values().stream().noneMatch(ClientSocket::isConnected)) {
            fail(DisconnectReason.FORCED_SERVER_CLOSE, CloseReason.FORCED_CLOSE);
        }
    }

    private void fail(DisconnectReason reason, CloseReason close) {
        connection.close(close);
        end(reason);
    }

    private void end(DisconnectReason reason) {
        over = true;
        connectTimer.stop();
        attachmentTimer.stop();
        List<ClientSocket> all = List.copyOf(sockets.values());
        sockets.clear();
        EachOf.tell(all, socket -> socket.inbound().ended(reason));
    }

    private List<Payload> payloads(List<JsonNode> values) {
        return values.stream().map(this::payload).toList();
    }

    private Payload payload(JsonNode value) {
        return new JsonPayload(server.mapper(), value);
    }

    /** What one message of the connection completes. */
    @FunctionalInterface
    private interface Reading {
        Optional<SocketPacket> packet() throws ProtocolViolation;
    }
}
