package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.RandomIds;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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

    /**
     * Asks many clients of a namespace the same, and gathers what they answer. The event is encoded once. At most 16 MiB of
     * answers are kept.
     *
     * @param clients of one namespace of this server
     * @param name as for {@link ClientSocket#emit}
     * @param arguments as for {@link ClientSocket#emit}
     * @param timeout how long to wait for each
     * @return completed when all have answered, left or let the time pass, by the thread that learns of the last of them;
     *     it never fails
     * @throws IllegalArgumentException if the clients are not of one namespace of this server, the name is not allowed or
     *     an argument cannot be written
     */
    public CompletionStage<BroadcastAnswers> requestAll(
            Collection<ClientSocket> clients, String name, List<?> arguments, Duration timeout) {
        Set<ClientSocket> all = new LinkedHashSet<>(clients);
        String namespace = all.stream().findFirst().map(ClientSocket::namespace).orElse("/");
        if (!all.stream()
                .allMatch(client -> client.isOf(this) && client.namespace().equals(namespace))) {
            throw new IllegalArgumentException("the clients are not of one namespace of this server");
        }
        return BroadcastRequest.send(all, encodeRequest(namespace, name, arguments, timeout));
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

    /** Encodes an event that asks for an answer; its number is unique in the server, so that it can go to many clients. */
    PendingRequest encodeRequest(String namespace, String name, List<?> arguments, Duration timeout) {
        long id = ackIds.getAndIncrement();
        return new PendingRequest(id, encoder.event(namespace, name, arguments, id), timeout);
    }
}
