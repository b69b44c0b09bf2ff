package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a client's transport tells of it; keeps the client within its rate. Belongs to the transport's thread. */
final class Inbound implements ConnectionListener {

    private static final int WAITING_REFUSALS = 16;

    private final LocalSessionHost host;
    private final Link link;
    private final TokenBucket bucket;
    private final AtomicInteger waitingRefusals = new AtomicInteger();
    private boolean closed;
    private int strikes;
    private long events;

    Inbound(LocalSessionHost host, Link link) {
        this.host = host;
        this.link = link;
        this.bucket = new TokenBucket(
                host.limits().eventsPerSecond(),
                host.limits().eventBurst(),
                host.time().nanoTime());
    }

    @Override
    public Delivery onEvent(InboundEvent event) {
        if (closed || link.doorstep().isShut()) {
            return Delivery.CLOSED;
        }
        Numbered<InboundEvent> numbered = new Numbered<>(++events, event);
        if (!bucket.take(host.time().nanoTime())) {
            strike();
            return refuse(numbered, ErrorCode.RATE_LIMITED, "too many events, slow down");
        }
        strikes = Math.max(0, strikes - 1);
        return take(numbered)
                ? Delivery.ACCEPTED
                : refuse(numbered, ErrorCode.OVERLOADED, "the room has too much to do");
    }

    private boolean take(Numbered<InboundEvent> event) {
        Doorstep doorstep = link.doorstep();
        return (!doorstep.isOpen() && doorstep.keep(event)) || (doorstep.isOpen() && offer(event));
    }

    private boolean offer(Numbered<InboundEvent> event) {
        RoomRuntime room = link.room();
        return room != null && room.offer(link, event);
    }

    @Override
    public void onAcknowledged(long received) {
        link.acknowledged(received);
    }

    @Override
    public void onReadComplete() {
        RoomRuntime room = link.room();
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
        host.connectionEnded(link);
        RoomRuntime room = link.room();
        if (room != null) {
            room.left(link, reason);
        }
    }

    private void strike() {
        RoomRuntime room = link.room();
        if (++strikes == host.limits().eventBurst() && room != null) {
            room.end(link, LeaveReason.FLOODING);
        }
    }

    private Delivery refuse(Numbered<InboundEvent> event, ErrorCode code, String detail) {
        host.listener().eventRefused(link.ticket().assignment().room(), code.name());
        Encoded message = link.format().failure(event.value().replyId(), code.name(), detail);
        Numbered<Encoded> refusal = new Numbered<>(event.number(), message);
        if (!link.doorstep().keepRefusal(refusal)) {
            tell(link.room(), refusal);
        }
        return Delivery.SATURATED;
    }

    private void tell(@Nullable RoomRuntime room, Numbered<Encoded> refusal) {
        if (room != null && waitingRefusals.get() < WAITING_REFUSALS) {
            waitingRefusals.incrementAndGet();
            room.force(() -> {
                waitingRefusals.decrementAndGet();
                room.tell(link, refusal);
            });
        }
    }
}
