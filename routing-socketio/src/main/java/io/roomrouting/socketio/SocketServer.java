package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineCounts;
import io.roomrouting.socketio.engine.EngineListener;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.EngineServer;
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
import org.jspecify.annotations.Nullable;

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
    private final Watch watch;
    private final Offsets connectionNames = new Offsets();
    private final AtomicLong ackIds = new AtomicLong();
    private volatile @Nullable EngineServer engine;

    SocketServer(
            SocketSettings settings,
            Namespaces namespaces,
            ObjectMapper mapper,
            TimeSource time,
            RandomIds ids,
            Function<EngineRequest, Optional<String>> allowRequest,
            Watch watch) {
        this.settings = settings;
        this.namespaces = namespaces;
        this.mapper = mapper;
        this.encoder = new SocketPacketEncoder(mapper, settings.maxAttachments());
        this.time = time;
        this.ids = ids;
        this.allowRequest = allowRequest;
        this.watch = watch;
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
    public void serving(EngineServer server) {
        engine = server;
    }

    @Override
    public EngineListener opened(EngineConnection connection, EngineRequest handshake) {
        return new SocketConnection(this, connection, handshake);
    }

    /**
     * Counts what is and what has happened, as {@link EngineServer#counts} does.
     *
     * @return a snapshot
     */
    public SocketCounts counts() {
        EngineServer below = engine;
        return new SocketCounts(below == null ? EngineCounts.NONE : below.counts(), watch.clients());
    }

    /**
     * Tells many clients of a namespace the same. The event is encoded once.
     *
     * <p>To clients of rooms whose connection state recovery is on, an event whose last argument is a string gets one more
     * argument, null: they would take the string for the mark by which they come back.
     *
     * @param clients of one namespace of this server
     * @param name as for {@link ClientSocket#emit}
     * @param arguments as for {@link ClientSocket#emit}
     * @return for how many it was taken; it is sent as soon as they can be written to
     * @throws IllegalArgumentException as for {@link #requestAll}
     */
    public int emitAll(Collection<ClientSocket> clients, String name, List<?> arguments) {
        Set<ClientSocket> all = new LinkedHashSet<>(clients);
        EncodedMessage plain = encoder.event(namespaceOf(all), name, arguments, SocketPacket.NO_ACK);
        EncodedMessage unmistakable = Offsets.couldBeLast(arguments)
                ? encoder.event(namespaceOf(all), name, Offsets.notLast(arguments), SocketPacket.NO_ACK)
                : plain;
        int taken = 0;
        for (ClientSocket client : all) {
            if (client.offer(client.remembersOffsets() ? unmistakable : plain) == Delivery.ACCEPTED) {
                taken++;
                client.flush();
            }
        }
        return taken;
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
        return BroadcastRequest.send(all, encodeRequest(namespaceOf(all), name, arguments, timeout));
    }

    private String namespaceOf(Set<ClientSocket> clients) {
        String namespace =
                clients.stream().findFirst().map(ClientSocket::namespace).orElse("/");
        if (!clients.stream()
                .allMatch(client -> client.isOf(this) && client.namespace().equals(namespace))) {
            throw new IllegalArgumentException("the clients are not of one namespace of this server");
        }
        return namespace;
    }

    Watch watch() {
        return watch;
    }

    /** Makes a public name for a connection. */
    String connectionName() {
        return connectionNames.next();
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
