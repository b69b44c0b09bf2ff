package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.RandomIds;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

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
    private final Function<EngineRequest, Optional<String>> allowRequest;
    private final AtomicLong ackIds = new AtomicLong();

    SocketServer(
            SocketSettings settings,
            Namespaces namespaces,
            ObjectMapper mapper,
            TimeSource time,
            RandomIds ids,
            Function<EngineRequest, Optional<String>> allowRequest) {
        this.settings = settings;
        this.namespaces = namespaces;
        this.mapper = mapper;
        this.encoder = new SocketPacketEncoder(mapper, settings.maxAttachments());
        this.time = time;
        this.ids = ids;
        this.allowRequest = allowRequest;
    }

    /**
     * Starts to describe a server.
     *
     * @return a builder
     */
    public static SocketServerBuilder builder() {
        return new SocketServerBuilder();
    }

    @Override
    public Optional<String> refusal(EngineRequest handshake) {
        return allowRequest.apply(handshake);
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
