package io.roomrouting.session;

import io.roomrouting.RoutingException;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client's connection that checks the promises made to a {@link Connection}: one thread at a time, accepted before the
 * first message, nothing after a refusal. Its end is told by whoever drives it, when that pleases.
 */
final class AuditedClient implements Connection {

    static final RecordingFormat FORMAT = RecordingFormat.plain();

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean accepted;
    private volatile boolean refused;
    private volatile boolean closed;
    private volatile boolean reading = true;
    private volatile boolean ended;
    private int gathered;

    private void enter(String call) {
        if (inside.getAndIncrement() != 0) {
            violations.add(call + " on two threads at once");
        }
        if (refused) {
            violations.add(call + " after the refusal");
        }
    }

    private void exit() {
        inside.decrementAndGet();
    }

    @Override
    public WireFormat format() {
        return FORMAT;
    }

    @Override
    public void accept(Welcome welcome) {
        enter("accept");
        if (accepted) {
            violations.add("accepted twice");
        }
        accepted = true;
        exit();
    }

    @Override
    public void refuse(RoutingException why) {
        enter("refuse");
        if (accepted) {
            violations.add("refused after it was accepted");
        }
        refused = true;
        exit();
    }

    @Override
    public Delivery offer(Encoded message) {
        enter("offer");
        if (!accepted) {
            violations.add("offer before accept");
        }
        exit();
        if (closed || ended) {
            return Delivery.CLOSED;
        }
        if (!reading) {
            return Delivery.SATURATED;
        }
        gathered++;
        return Delivery.ACCEPTED;
    }

    @Override
    public void flush() {
        enter("flush");
        gathered = 0;
        exit();
    }

    @Override
    public void close(LeaveReason reason, Duration retryAfter) {
        enter("close");
        closed = true;
        exit();
    }

    void reading(boolean value) {
        reading = value;
    }

    /** Its transport is about to tell that it has ended. */
    void ended() {
        ended = true;
    }

    /** Says whether the host has done with it, so that its transport shall tell its end. */
    boolean isToEnd() {
        return refused || closed;
    }

    boolean isDecided() {
        return accepted || refused || closed;
    }

    int unflushed() {
        return gathered;
    }

    Queue<String> violations() {
        return violations;
    }
}
