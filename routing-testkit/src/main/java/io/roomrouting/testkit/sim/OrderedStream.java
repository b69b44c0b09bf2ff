package io.roomrouting.testkit.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One direction of a connection, like TCP: it delays, stalls while the way is cut, and never reorders. */
final class OrderedStream {

    private static final long RETRANSMIT_NANOS = Duration.ofMillis(200).toNanos();

    private final EventLoop loop;
    private final Network network;
    private final Node from;
    private final Node to;
    private final @Nullable SimulatedProcess receiver;
    private final Queue<Packet> pending = new ArrayDeque<>();
    private long lastArrival;
    private boolean underWay;
    private boolean broken;

    private record Packet(long arrival, Runnable action) {}

    /**
     * Begins empty.
     *
     * @param receiver the process that takes what arrives; null for a client, which is always there
     */
    OrderedStream(EventLoop loop, Network network, Node from, Node to, @Nullable SimulatedProcess receiver) {
        this.loop = loop;
        this.network = network;
        this.from = from;
        this.to = to;
        this.receiver = receiver;
    }

    void send(Runnable arrival) {
        if (broken) {
            return;
        }
        lastArrival = Math.max(lastArrival, loop.now() + network.delay());
        pending.add(new Packet(lastArrival, arrival));
        carry();
    }

    /** Drops what has not arrived. */
    void reset() {
        pending.clear();
    }

    /** Carries nothing any more. */
    void breakOff() {
        broken = true;
        pending.clear();
    }

    private void carry() {
        Packet next = pending.peek();
        if (next != null && !underWay) {
            underWay = true;
            loop.at(next.arrival(), null, this::arrive);
        }
    }

    private void arrive() {
        underWay = false;
        Packet next = pending.peek();
        if (next == null) {
            return;
        }
        if (!network.reaches(from, to)) {
            underWay = true;
            loop.at(loop.now() + RETRANSMIT_NANOS, null, this::arrive);
            return;
        }
        pending.remove();
        if (receiver == null) {
            next.action().run();
        } else {
            receiver.post(next.action());
        }
        carry();
    }
}
