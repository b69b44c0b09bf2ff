package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.Identity;
import io.roomrouting.SeatId;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Session;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's stay in a room, over one link or several. Belongs to the room's thread.
 *
 * <p>Without a seat the stay ends with its link. With one it goes on without a link for a while, and what is sent
 * meanwhile is kept.
 */
final class SessionRuntime implements Session {

    /** Where the session stands. */
    enum Stage {
        /** In the room. */
        JOINED,
        /** Still in the room, but about to be sent away: gets nothing more, and is not heard any more. */
        ENDING,
        /** Out. */
        GONE
    }

    private final String id;
    private final Identity identity;
    private final RoomRuntime room;
    private final WireFormat format;
    private final @Nullable Seat seat;
    private @Nullable Link link;
    private @Nullable SeatId seatId;
    private volatile Optional<CorrelationId> correlation = Optional.empty();
    private Stage stage = Stage.JOINED;
    private boolean dirty;

    SessionRuntime(String id, Identity identity, RoomRuntime room, WireFormat format, @Nullable Seat seat) {
        this.id = id;
        this.identity = identity;
        this.room = room;
        this.format = format;
        this.seat = seat;
    }

    // Any thread

    @Override
    public String id() {
        return id;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Optional<CorrelationId> correlation() {
        return correlation;
    }

    WireFormat format() {
        return format;
    }

    RoomRuntime room() {
        return room;
    }

    // What a room's code does with it

    @Override
    public boolean isConnected() {
        checkThread();
        return link != null && stage == Stage.JOINED;
    }

    @Override
    public Delivery send(String event, Object... arguments) {
        checkThread();
        return deliver(format.event(event, Arrays.asList(arguments)));
    }

    @Override
    public void disconnect(LeaveReason reason) {
        checkThread();
        if (stage == Stage.JOINED) {
            stage = Stage.ENDING;
            room.end(this, reason, Duration.ZERO);
        }
    }

    void checkThread() {
        if (!room.isOnItsThread()) {
            throw new IllegalStateException(
                    "a session was used outside the callbacks of its room; use Room.execute to get back into it");
        }
    }

    // What its room does with it

    Stage stage() {
        return stage;
    }

    @Nullable Seat seat() {
        return seat;
    }

    /** Its place among the counted ones; null if there is none for it. */
    @Nullable SeatId seatId() {
        return seatId;
    }

    void sitsOn(@Nullable SeatId place) {
        seatId = place;
    }

    /** The link that carries it; null while the client is away. */
    @Nullable Link link() {
        return link;
    }

    /** A link carries it from now on. */
    void attach(Link carrier) {
        link = carrier;
        correlation = carrier.correlation();
        carrier.carries(this);
        if (seat != null) {
            seat.linked();
        }
    }

    /** It goes on without a link. */
    void detach() {
        link = null;
        dirty = false;
    }

    /** Gathers a message; the room flushes at the end of its batch. */
    Delivery deliver(Encoded message) {
        if (stage != Stage.JOINED) {
            return Delivery.CLOSED;
        }
        Link carrier = link;
        Delivery delivery = carrier == null ? Delivery.CLOSED : offer(carrier.connection(), message);
        if (seat == null || delivery == Delivery.SATURATED) {
            return delivery;
        }
        // With a seat a broken connection is no reason to lose the message.
        if (carrier != null) {
            seat.log().acknowledge(carrier.acknowledged());
        }
        seat.log().add(message);
        return Delivery.ACCEPTED;
    }

    private Delivery offer(Connection connection, Encoded message) {
        Delivery delivery = connection.offer(message);
        if (delivery == Delivery.ACCEPTED) {
            room.shift().queued();
            flushLater();
        } else if (delivery == Delivery.SATURATED) {
            room.saturated(this);
        }
        return delivery;
    }

    /**
     * Sends again what a client that came back has not received, and flushes even if that is nothing; false if not all of it
     * finds space.
     */
    boolean replay(long received) {
        if (seat == null || link == null) {
            return true;
        }
        Connection connection = link.connection();
        boolean space = true;
        for (Encoded missed : seat.log().after(received)) {
            space = space && offer(connection, missed) != Delivery.SATURATED;
        }
        flushLater();
        return space;
    }

    /** An event of the client has been taken note of, and need not come again. */
    void took(long number) {
        if (seat == null || link == null) {
            return;
        }
        seat.took(number);
        Long handled = seat.toAcknowledge();
        if (handled != null && link.connection().offer(format.acknowledgement(handled)) == Delivery.ACCEPTED) {
            flushLater();
        }
    }

    private void flushLater() {
        if (!dirty) {
            dirty = true;
            room.shift().flushLater(this);
        }
    }

    void flush() {
        dirty = false;
        if (link != null) {
            link.connection().flush();
        }
    }

    /** Nothing more goes to it or comes from it; it is in the room until it has left. */
    void ending() {
        stage = Stage.ENDING;
    }

    void close(LeaveReason reason, Duration retryAfter) {
        ending();
        if (link != null) {
            link.close(reason, retryAfter);
        }
    }

    void gone() {
        stage = Stage.GONE;
        if (link != null) {
            link.end();
        }
    }
}
