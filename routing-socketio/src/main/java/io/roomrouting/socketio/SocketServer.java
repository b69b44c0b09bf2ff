package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.RandomIds;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Socket.IO 5 on top of an {@link io.roomrouting.socketio.engine.EngineServer}, to which it is given as the acceptor.
 * Thread-safe; does not block.
 */
public final class SocketServer implements EngineAcceptor {

    private final SocketSettings settings;
    private final Namespaces namespaces;
    private final ObjectMapper mapper;
    private final SocketPacketEncoder encoder;
    private final TimeSource time;
    private final RandomIds ids;
    private final AtomicLong ackIds = new AtomicLong();

    /**
     * Makes a server.
     *
     * @param settings what it allows
     * @param namespaces which namespaces there are
     * @param mapper reads and writes arguments, not to be changed afterwards; what comes in is bounded before it is asked
     * @param time drives the time-outs
     * @param ids names clients where nobody else does
     */
    public SocketServer(
            SocketSettings settings, Namespaces namespaces, ObjectMapper mapper, TimeSource time, RandomIds ids) {
        this.settings = settings;
        this.namespaces = namespaces;
        this.mapper = mapper;
        this.encoder = new SocketPacketEncoder(mapper, settings.maxAttachments());
        this.time = time;
        this.ids = ids;
    }

    @Override
    public EngineListener opened(EngineConnection connection, EngineRequest handshake) {
        return new SocketConnection(this, connection, handshake);
    }

    SocketSettings settings() {
        return settings;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    ObjectMapper mapper() {
        return mapper;
    }

    SocketPacketEncoder encoder() {
        return encoder;
    }

    TimeSource time() {
        return time;
    }

    RandomIds ids() {
        return ids;
    }

    /** Unique in the server, so that one number can serve a message to many clients. */
    long nextAckId() {
        return ackIds.getAndIncrement();
    }
}
