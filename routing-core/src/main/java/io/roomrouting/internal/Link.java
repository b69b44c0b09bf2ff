package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.UserId;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionListener;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client, from its admission to its end: it waits for its room, then carries a session. A session
 * that is resumed gets another link.
 *
 * <p>Belongs to the thread of the room that it waits for or is in; {@link Inbound} is the transport's side.
 */
final class Link implements Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(SessionHost.class);

    private final Ticket ticket;
    private final Optional<SeatRequest> wish;
    private final Connection connection;
    private final SessionListener listener;
    private final Doorstep doorstep = new Doorstep();
    private volatile @Nullable RoomRuntime room;
    private volatile boolean counted;
    private volatile long acknowledged;
    private @Nullable SessionRuntime session;
    private boolean over;

    Link(Admission admission, Connection connection, SessionListener listener) {
        this.ticket = admission.ticket();
        this.wish = admission.seat();
        this.connection = connection;
        this.listener = listener;
    }

    // Any thread

    Ticket ticket() {
        return ticket;
    }

    @Override
    public RoomAssignment assignment() {
        return ticket.assignment();
    }

    @Override
    public RoomSpec spec() {
        return ticket.spec();
    }

    @Override
    public Optional<CorrelationId> correlation() {
        return ticket.correlation();
    }

    Identity identity() {
        return ticket.identity();
    }

    UserId user() {
        return identity().user();
    }

    /** The seat that the client asks for; empty if it is out when this connection ends. */
    Optional<SeatRequest> wish() {
        return wish;
    }

    Connection connection() {
        return connection;
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

    /** It takes one of the host's and one of the user's places, to be given back when the connection ends. */
    void counted() {
        counted = true;
    }

    boolean wasCounted() {
        return counted;
    }

    /** The client has received so many messages of its session. */
    void acknowledged(long received) {
        acknowledged = received;
    }

    long acknowledged() {
        return acknowledged;
    }

    @Override
    public void placedIn(RoomRuntime target) {
        room = target;
    }

    // The room's thread

    @Override
    public boolean isWaiting() {
        return session == null && !over;
    }

    @Override
    public void enter(RoomRuntime open) {
        open.letIn(this);
    }

    /** The session that it carries or has carried. */
    @Nullable SessionRuntime session() {
        return session;
    }

    void carries(SessionRuntime letIn) {
        session = letIn;
    }

    @Override
    public void refuse(RoutingException why) {
        end();
        CorrelationId.during(correlation(), () -> {
            LOG.debug(
                    "{} is not let into room {}: {}",
                    user(),
                    ticket.assignment().room(),
                    why.code());
            listener.admissionRefused(ticket.assignment().room(), user(), why.code());
            connection.refuse(why);
        });
    }

    void close(LeaveReason reason, Duration retryAfter) {
        end();
        connection.close(reason, retryAfter);
    }

    /** Hears no more of the client. */
    void end() {
        over = true;
        doorstep.shut();
    }
}
