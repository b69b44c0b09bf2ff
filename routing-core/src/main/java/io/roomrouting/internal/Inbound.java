package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a client's transport tells of it; keeps the client within its rate. Belongs to the transport's thread. */
final class Inbound implements ConnectionListener {

    private static final int WAITING_REFUSALS = 16;

    private final LocalSessionHost host;
    private final SessionRuntime session;
    private final TokenBucket bucket;
    private final AtomicInteger waitingRefusals = new AtomicInteger();
    private boolean closed;
    private int strikes;

    Inbound(LocalSessionHost host, SessionRuntime session) {
        this.host = host;
        this.session = session;
        this.bucket = new TokenBucket(
                host.limits().eventsPerSecond(),
                host.limits().eventBurst(),
                host.time().nanoTime());
    }

    @Override
    public Delivery onEvent(InboundEvent event) {
        if (closed || session.doorstep().isShut()) {
            return Delivery.CLOSED;
        }
        if (!bucket.take(host.time().nanoTime())) {
            strike();
            return refuse(event, ErrorCode.RATE_LIMITED, "too many events, slow down");
        }
        strikes = Math.max(0, strikes - 1);
        return take(event) ? Delivery.ACCEPTED : refuse(event, ErrorCode.OVERLOADED, "the room has too much to do");
    }

    private boolean take(InboundEvent event) {
        Doorstep doorstep = session.doorstep();
        return (!doorstep.isOpen() && doorstep.keep(event)) || (doorstep.isOpen() && offer(event));
    }

    private boolean offer(InboundEvent event) {
        RoomRuntime room = session.room();
        return room != null && room.offer(session, event);
    }

    @Override
    public void onReadComplete() {
        RoomRuntime room = session.room();
        if (room != null) {
            room.work();
        }
    }

    @Override
    public void onClosed(LeaveReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        host.connectionEnded(session);
        RoomRuntime room = session.room();
        if (room != null) {
            room.left(session, reason);
        }
    }

    private void strike() {
        RoomRuntime room = session.room();
        if (++strikes == host.limits().eventBurst() && room != null) {
            room.end(session, LeaveReason.FLOODING, Duration.ZERO);
        }
    }

    private Delivery refuse(InboundEvent event, ErrorCode code, String detail) {
        host.listener().eventRefused(session.ticket().assignment().room(), code.name());
        Encoded refusal = session.format().failure(event.replyId(), code.name(), detail);
        if (!session.doorstep().keepRefusal(refusal)) {
            tell(session.room(), refusal);
        }
        return Delivery.SATURATED;
    }

    private void tell(@Nullable RoomRuntime room, Encoded refusal) {
        if (room != null && waitingRefusals.get() < WAITING_REFUSALS) {
            waitingRefusals.incrementAndGet();
            room.force(() -> {
                waitingRefusals.decrementAndGet();
                session.deliver(refusal);
            });
        }
    }
}
