package io.roomrouting.socketio;

import io.roomrouting.RoomId;
import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.EngineTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A client in one namespace, outbound. Thread-safe; no method blocks. */
public final class ClientSocket {

    private final String namespace;
    private final Origin origin;
    private final EngineConnection connection;
    private final SocketServer server;
    private final Stay stay;
    private final PendingAcks acks;
    private final SocketInbound inbound;
    private final Doorway doorway;

    ClientSocket(String namespace, Origin origin, SocketServer server) {
        this.namespace = namespace;
        this.origin = origin;
        this.connection = origin.connection();
        this.server = server;
        this.stay = new Stay(server.watch(), this);
        this.doorway = new Doorway(connection);
        this.acks = new PendingAcks(connection, server.time(), server.settings().maxPendingAcks());
        this.inbound = new SocketInbound(doorway, acks, stay);
    }

    /**
     * Returns where it is.
     *
     * @return the namespace, beginning with a slash
     */
    public String namespace() {
        return namespace;
    }

    /**
     * Returns its public name.
     *
     * @return empty if it has not been let in
     */
    public Optional<String> id() {
        return stay.id();
    }

    /**
     * Returns the room that it is in.
     *
     * @return empty in namespaces without rooms
     */
    public Optional<RoomId> room() {
        return stay.room();
    }

    /**
     * Returns the public name of its connection, which is the same in all its namespaces.
     *
     * @return unlike the name of the session no secret, and not made from it
     */
    public String connectionName() {
        return origin.name();
    }

    /**
     * Returns the first request of its connection.
     *
     * @return it may hold credentials
     */
    public EngineRequest handshake() {
        return origin.handshake();
    }

    /**
     * Returns how it is connected.
     *
     * @return at this moment
     */
    public EngineTransport transport() {
        return connection.transport();
    }

    /**
     * Returns the server whose client it is.
     *
     * @return for its counts, and for what is said to many clients
     */
    public SocketServer server() {
        return server;
    }

    /**
     * Says whether it could be written to at this moment.
     *
     * @return whether a poll is held or the WebSocket has nothing left to write; false if the connection is gone
     */
    public boolean isWritable() {
        return connection.isWritable();
    }

    /**
     * Lets the client in, under a name of 20 random characters; does nothing if it is gone or was answered.
     */
    public void accept() {
        accept(server.ids().next());
    }

    /**
     * Lets the client in; does nothing if it is gone or was answered.
     *
     * @param id its public name; never the name of the connection's session, which is a secret
     */
    public void accept(String id) {
        if (doorway.letIn(server.encoder().connect(namespace, id), () -> stay.begin(id, false))) {
            flush();
        }
    }

    /** Lets the client in, and tells it a secret to come back with. */
    void accept(String id, String secret) {
        if (doorway.letIn(server.encoder().connect(namespace, id, secret), () -> stay.begin(id, true))) {
            flush();
        }
    }

    /** Lets a client in that has come back: it is told so with the next flush, behind what it has missed. */
    void welcomeBack(String id, String secret) {
        doorway.letInQuietly(server.encoder().connect(namespace, id, secret), () -> stay.begin(id, true));
    }

    /**
     * Does not let the client in; does nothing if it is gone or was answered. The official clients make an error of it.
     *
     * @param message for people
     * @param data for programs, anything that the mapper can write
     */
    public void refuse(String message, Optional<Object> data) {
        EncodedMessage refusal = server.encoder().connectError(namespace, message, data.orElse(null));
        if (doorway.refuse(refusal)) {
            end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            flush();
        }
    }

    /**
     * Takes an event for sending with the next {@link #flush}.
     *
     * @param name not empty, and not one that Socket.IO keeps for itself
     * @param arguments elements may be null; bytes, wherever they are, become attachments
     * @return what became of it
     * @throws IllegalArgumentException if the name is not allowed or an argument cannot be written
     */
    public Delivery emit(String name, List<?> arguments) {
        return offer(server.encoder().event(namespace, name, arguments, SocketPacket.NO_ACK));
    }

    /**
     * Sends an event if the client can be written to at this moment, and drops it otherwise.
     *
     * @param name as for {@link #emit}
     * @param arguments as for {@link #emit}
     * @return {@link Delivery#SATURATED} if it was dropped
     */
    public Delivery emitVolatile(String name, List<?> arguments) {
        if (!isWritable()) {
            return isGone() ? Delivery.CLOSED : Delivery.SATURATED;
        }
        Delivery delivery = emit(name, arguments);
        flush();
        return delivery;
    }

    /**
     * Sends an event that asks for an answer.
     *
     * @param name as for {@link #emit}
     * @param arguments as for {@link #emit}
     * @param timeout how long to wait for it
     * @param callback told once what became of it, among the listener's callbacks, if the event was accepted
     * @return {@link Delivery#SATURATED} also if too many answers are awaited
     */
    public Delivery request(String name, List<?> arguments, Duration timeout, Consumer<AckOutcome> callback) {
        return request(server.encodeRequest(namespace, name, arguments, timeout), callback);
    }

    /** Sends an event that may go to others too. */
    Delivery request(PendingRequest request, Consumer<AckOutcome> callback) {
        Delivery delivery = doorway.request(request, callback, acks);
        if (delivery == Delivery.ACCEPTED) {
            server.watch().sent(this, request.message());
            flush();
        }
        return delivery;
    }

    /**
     * Answers an event of the client that asked for it; to be done once. Sent with the next {@link #flush}.
     *
     * @param replyId the event's number
     * @param arguments as for {@link #emit}
     * @return what became of it
     */
    public Delivery acknowledge(long replyId, List<?> arguments) {
        return offer(server.encoder().ack(namespace, replyId, arguments));
    }

    /**
     * Takes an encoded message for sending with the next {@link #flush}.
     *
     * @param message of this namespace
     * @return what became of it; {@link Delivery#CLOSED} also if the client has not been let in
     */
    public Delivery offer(EncodedMessage message) {
        Delivery delivery = doorway.offer(message);
        if (delivery == Delivery.ACCEPTED) {
            server.watch().sent(this, message);
        }
        return delivery;
    }

    /** Sends what has gathered, for all namespaces of the connection. */
    public void flush() {
        doorway.flush();
    }

    /**
     * Puts the client out of the namespace; its connection goes on. {@link SocketListener#onDisconnected} follows. Harmless
     * if it is gone.
     */
    public void disconnect() {
        if (doorway.putOut(server.encoder().disconnect(namespace))) {
            end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            flush();
        } else {
            refuse("The server has closed", Optional.empty());
        }
    }

    /**
     * Ends the client's connection, with all its namespaces, after what has gathered was sent; harmless if it is gone.
     * {@link SocketListener#onDisconnected} follows. The official clients come back at once.
     */
    public void closeConnection() {
        connection.close(CloseReason.FORCED_CLOSE);
    }

    /**
     * Runs a task among the listener's callbacks, also if the client is gone: never at the same time as one of them.
     *
     * @param task must not block
     */
    public void execute(Runnable task) {
        connection.execute(task);
    }

    /** The room that it is about to enter. */
    void enters(RoomId room) {
        stay.room(room);
    }

    /** Says whether it remembers the last argument of an event, if that is a string, as the way back to its seat. */
    boolean remembersOffsets() {
        return stay.remembersOffsets();
    }

    /** What is told of it. */
    SocketInbound inbound() {
        return inbound;
    }

    boolean isOf(SocketServer other) {
        return server == other;
    }

    boolean isConnected() {
        return doorway.isConnected();
    }

    boolean isGone() {
        return doorway.isGone();
    }

    private void end(DisconnectReason reason) {
        connection.execute(() -> inbound.ended(reason));
    }
}
