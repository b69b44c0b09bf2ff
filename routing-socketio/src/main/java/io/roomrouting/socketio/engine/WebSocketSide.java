package io.roomrouting.socketio.engine;

import java.util.List;

/** A WebSocket of a session: one that may take over from polling, or has, or was the first. */
final class WebSocketSide implements Side, LinkListener {

    private enum Role {
        CANDIDATE,
        ACTIVE,
        DEAD
    }

    private final EngineSession session;
    private final WebSocketLink link;
    private Role role = Role.CANDIDATE;
    private boolean writing;

    WebSocketSide(EngineSession session, WebSocketLink link) {
        this.session = session;
        this.link = link;
    }

    void activate() {
        role = Role.ACTIVE;
    }

    @Override
    public EngineTransport transport() {
        return EngineTransport.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return !writing;
    }

    @Override
    public void send(List<EncodedPacket> packets) {
        writing = !link.send(packets);
    }

    @Override
    public void sendLast(List<EncodedPacket> packets) {
        if (!packets.isEmpty()) {
            send(packets);
        }
    }

    /** On a WebSocket the end is the end of the WebSocket. */
    @Override
    public void end(EncodedPacket farewell) {
        if (role != Role.DEAD) {
            role = Role.DEAD;
            link.close();
        }
    }

    @Override
    public void onText(String message) {
        session.strand().inbound(() -> {
            try {
                received(PacketDecoder.text(message));
            } catch (ProtocolViolation notAPacket) {
                violated();
            }
        });
    }

    @Override
    public void onBinary(byte[] message) {
        session.strand().inbound(() -> received(new EnginePacket.Binary(message)));
    }

    @Override
    public void onReadComplete() {
        session.strand().inbound(() -> {
            if (role == Role.ACTIVE) {
                session.readComplete();
            }
        });
    }

    @Override
    public void onSent() {
        session.strand().inbound(() -> {
            writing = false;
            if (role == Role.ACTIVE) {
                session.written();
            }
        });
    }

    @Override
    public void onClosed() {
        session.strand().inbound(() -> gone(CloseReason.TRANSPORT_CLOSE));
    }

    @Override
    public void onFailed() {
        session.strand().inbound(() -> gone(CloseReason.TRANSPORT_ERROR));
    }

    private void received(EnginePacket packet) {
        switch (role) {
            case ACTIVE -> session.received(packet);
            case CANDIDATE -> session.upgrade().ifPresent(upgrade -> upgrade.received(packet));
            case DEAD -> {}
        }
    }

    private void violated() {
        gone(CloseReason.PARSE_ERROR);
    }

    /** A candidate that fails leaves the session as it is. */
    private void gone(CloseReason reason) {
        switch (role) {
            case ACTIVE -> session.end(reason, EncodedPacket.CLOSE);
            case CANDIDATE -> session.upgrade().ifPresent(Upgrade::abandon);
            case DEAD -> {}
        }
    }
}
