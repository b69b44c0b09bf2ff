package io.roomrouting.socketio;

import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EngineConnection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a client is in its namespace, and so what may be sent to it: to one that is not in, nothing but the answer. It
 * is answered once. Thread-safe; does not block.
 */
final class Doorway {

    private enum State {
        CONNECTING,
        CONNECTED,
        GONE
    }

    private final EngineConnection connection;
    private State state = State.CONNECTING;

    /** What a client is told behind what it has missed. */
    private Optional<EncodedMessage> lateWelcome = Optional.empty();

    Doorway(EngineConnection connection) {
        this.connection = connection;
    }

    synchronized boolean isConnected() {
        return state == State.CONNECTED;
    }

    synchronized boolean isGone() {
        return state == State.GONE;
    }

    /** Lets the client in; false if it is gone or was answered. What it does to be in comes before it can be gone. */
    synchronized boolean letIn(EncodedMessage welcome, Runnable toBeIn) {
        if (!move(State.CONNECTING, State.CONNECTED, welcome)) {
            return false;
        }
        toBeIn.run();
        return true;
    }

    /** Lets the client in, and has it told with the next flush; does nothing if it is gone or was answered. */
    synchronized void letInQuietly(EncodedMessage welcome, Runnable toBeIn) {
        if (state == State.CONNECTING) {
            state = State.CONNECTED;
            lateWelcome = Optional.of(welcome);
            toBeIn.run();
        }
    }

    /** Does not let the client in; false if it is gone or was answered. */
    synchronized boolean refuse(EncodedMessage refusal) {
        return move(State.CONNECTING, State.GONE, refusal);
    }

    /** Puts the client out; false if it was not in. */
    synchronized boolean putOut(EncodedMessage goodbye) {
        sayLateWelcome();
        return move(State.CONNECTED, State.GONE, goodbye);
    }

    /** The client is gone, however that came. */
    synchronized void gone() {
        state = State.GONE;
        lateWelcome = Optional.empty();
    }

    synchronized Delivery offer(EncodedMessage message) {
        return state == State.CONNECTED ? connection.offer(message.packets()) : Delivery.CLOSED;
    }

    /** Offers an event that asks for an answer, which is awaited if the event is accepted. */
    synchronized Delivery request(PendingRequest request, Consumer<AckOutcome> callback, PendingAcks acks) {
        if (state != State.CONNECTED) {
            return Delivery.CLOSED;
        }
        if (!acks.await(request.id(), request.timeout(), callback)) {
            return Delivery.SATURATED;
        }
        Delivery delivery = connection.offer(request.message().packets());
        if (delivery != Delivery.ACCEPTED) {
            acks.forget(request.id());
        }
        return delivery;
    }

    void flush() {
        synchronized (this) {
            sayLateWelcome();
        }
        connection.flush();
    }

    private void sayLateWelcome() {
        lateWelcome.ifPresent(this::mustOffer);
        lateWelcome = Optional.empty();
    }

    private boolean move(State from, State to, EncodedMessage words) {
        if (state != from) {
            return false;
        }
        state = to;
        mustOffer(words);
        return true;
    }

    private void mustOffer(EncodedMessage words) {
        if (connection.offer(words.packets()) == Delivery.SATURATED) {
            // It cannot even be told where it stands.
            connection.close(CloseReason.FORCED_CLOSE);
        }
    }
}
