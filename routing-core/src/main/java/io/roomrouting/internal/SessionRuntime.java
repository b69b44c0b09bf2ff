package io.roomrouting.internal;

import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Session;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client's stay, as its room sees it. Belongs to the room's thread; {@link Inbound} is the transport's side. */
final class SessionRuntime implements Session {

    /** Where the session stands, for the room. */
    enum Stage {
        /** Not in the room yet. */
        WAITING,
        /** In the room. */
        JOINED,
        /** Still in the room, but about to be sent away: gets nothing more, and is not heard any more. */
        ENDING,
        /** Out. */
        GONE
    }

    private final String id;
    private final Ticket ticket;
    private final Connection connection;
    private final Doorstep doorstep = new Doorstep();
    private volatile @Nullable RoomRuntime room;
    private volatile boolean counted;
    private Stage stage = Stage.WAITING;
    private boolean dirty;

    SessionRuntime(String id, Ticket ticket, Connection connection) {
        this.id = id;
        this.ticket = ticket;
        this.connection = connection;
    }

    // Any thread

    @Override
    public String id() {
        return id;
    }

    @Override
    public Identity identity() {
        return ticket.identity();
    }

    Ticket ticket() {
        return ticket;
    }

    WireFormat format() {
        return connection.format();
    }

    Doorstep doorstep() {
        return doorstep;
    }

    /** The room that it is in or waits for; null if it was refused before it came that far. */
    @Nullable RoomRuntime room() {
        return room;
    }

    /** It takes one of the host's and one of the user's places, to be given back when its connection ends. */
    void counted() {
        counted = true;
    }

    boolean wasCounted() {
        return counted;
    }

    // What a room's code does with it

    @Override
    public Delivery send(String event, Object... arguments) {
        checkThread();
        return deliver(format().event(event, Arrays.asList(arguments)));
    }

    @Override
    public void disconnect(LeaveReason reason) {
        RoomRuntime current = checkThread();
        if (stage == Stage.JOINED) {
            stage = Stage.ENDING;
            current.end(this, reason, Duration.ZERO);
        }
    }

    RoomRuntime checkThread() {
        RoomRuntime current = room;
        if (current == null || !current.isOnItsThread()) {
            throw new IllegalStateException(
                    "a session was used outside the callbacks of its room; use Room.execute to get back into it");
        }
        return current;
    }

    // What its room does with it

    Stage stage() {
        return stage;
    }

    /** It waits for this room from now on. */
    void placedIn(RoomRuntime target) {
        room = target;
    }

    /** It is in; returns what it has said meanwhile. */
    Doorstep.Said letIn() {
        stage = Stage.JOINED;
        connection.accept(id);
        return doorstep.open();
    }

    void refuse(RoutingException why) {
        gone();
        connection.refuse(why);
    }

    /** Gathers a message; the room flushes at the end of its batch. */
    Delivery deliver(Encoded message) {
        RoomRuntime current = room;
        if (stage != Stage.JOINED || current == null) {
            return Delivery.CLOSED;
        }
        Delivery delivery = connection.offer(message);
        if (delivery == Delivery.ACCEPTED) {
            if (!dirty) {
                dirty = true;
                current.flushLater(this);
            }
        } else if (delivery == Delivery.SATURATED) {
            current.saturated(this);
        }
        return delivery;
    }

    void flush() {
        dirty = false;
        connection.flush();
    }

    /** Nothing more goes to it or comes from it; it is in the room until it has left. */
    void ending() {
        stage = Stage.ENDING;
    }

    void close(LeaveReason reason, Duration retryAfter) {
        ending();
        connection.close(reason, retryAfter);
    }

    void gone() {
        stage = Stage.GONE;
        doorstep.shut();
    }
}
