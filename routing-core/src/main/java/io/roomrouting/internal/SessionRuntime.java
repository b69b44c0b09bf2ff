package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Session;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client's stay: what the room sees of it, and what its transport tells.
 *
 * <p>The transport's half (the bucket and the strikes) belongs to the transport's thread, the room's half (stage, dirty,
 * early) to the room's; they meet in the room's mailbox.
 */
final class SessionRuntime implements Session, ConnectionListener {

    /** Where the session stands, for the room. */
    enum Stage {
        /** Not in the room yet. */
        WAITING,
        /** In the room. */
        JOINED,
        /** Still in the room, but about to be sent away: gets nothing more. */
        ENDING,
        /** Out. */
        GONE
    }

    private static final int EARLY_EVENTS = 32;
    private static final int WAITING_REFUSALS = 16;

    private final String id;
    private final Ticket ticket;
    private final Connection connection;
    private final LocalSessionHost host;
    private final TokenBucket bucket;
    private final AtomicInteger waitingRefusals = new AtomicInteger();
    private final Queue<InboundEvent> early = new ArrayDeque<>(0);
    private volatile @Nullable RoomRuntime room;
    private volatile boolean counted;
    private volatile boolean closed;
    private int strikes;
    private Stage stage = Stage.WAITING;
    private boolean dirty;

    SessionRuntime(String id, Ticket ticket, Connection connection, LocalSessionHost host, TokenBucket bucket) {
        this.id = id;
        this.ticket = ticket;
        this.connection = connection;
        this.host = host;
        this.bucket = bucket;
    }

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

    /** It takes one of the host's and one of the user's places, to be given back when its connection ends. */
    void counted() {
        counted = true;
    }

    boolean wasCounted() {
        return counted;
    }

    WireFormat format() {
        return connection.format();
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
    }

    /** The room whose mailbox takes this session's events from now on. */
    void placedIn(RoomRuntime target) {
        room = target;
    }

    // What a room does with it

    @Override
    public Delivery send(String event, Object... arguments) {
        return deliver(format().event(event, Arrays.asList(arguments)));
    }

    @Override
    public void disconnect(LeaveReason reason) {
        RoomRuntime current = room;
        if (current != null) {
            current.end(this, reason, Duration.ZERO);
        }
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

    void accept() {
        connection.accept(id);
    }

    void refuse(RoutingException why) {
        stage = Stage.GONE;
        connection.refuse(why);
    }

    void close(LeaveReason reason, Duration retryAfter) {
        connection.close(reason, retryAfter);
    }

    /** Keeps an event of a client that speaks before it has been let in. */
    void keepEarly(InboundEvent event) {
        if (early.size() < EARLY_EVENTS) {
            early.add(event);
        } else {
            host.listener().eventRefused(ticket.assignment().room(), ErrorCode.OVERLOADED.name());
        }
    }

    @Nullable InboundEvent nextEarly() {
        return early.poll();
    }

    // What its transport tells

    @Override
    public Delivery onEvent(InboundEvent event) {
        RoomRuntime current = room;
        if (current == null || closed) {
            return Delivery.CLOSED;
        }
        if (!bucket.take(host.time().nanoTime())) {
            strike(current);
            return tellRefused(current, event, ErrorCode.RATE_LIMITED, "too many events, slow down");
        }
        strikes = Math.max(0, strikes - 1);
        if (!current.offer(this, event)) {
            return tellRefused(current, event, ErrorCode.OVERLOADED, "the room has too much to do");
        }
        return Delivery.ACCEPTED;
    }

    @Override
    public void onReadComplete() {
        RoomRuntime current = room;
        if (current != null) {
            current.work();
        }
    }

    @Override
    public void onClosed(LeaveReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        host.connectionEnded(this);
        RoomRuntime current = room;
        if (current != null) {
            current.left(this, reason);
        }
    }

    private void strike(RoomRuntime current) {
        if (++strikes == host.limits().eventBurst()) {
            current.end(this, LeaveReason.FLOODING, Duration.ZERO);
        }
    }

    private Delivery tellRefused(RoomRuntime current, InboundEvent event, ErrorCode code, String detail) {
        host.listener().eventRefused(ticket.assignment().room(), code.name());
        if (waitingRefusals.get() < WAITING_REFUSALS) {
            waitingRefusals.incrementAndGet();
            current.force(() -> {
                waitingRefusals.decrementAndGet();
                deliver(format().failure(event.replyId(), code.name(), detail));
            });
        }
        return Delivery.SATURATED;
    }
}
