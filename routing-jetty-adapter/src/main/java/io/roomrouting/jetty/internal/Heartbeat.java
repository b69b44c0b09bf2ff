package io.roomrouting.jetty.internal;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pings all connections with a single timer. They are spread over {@value #SLOTS} slots, of which one is due at each
 * tick, so that 10,000 connections are pinged by the hundred. Thread-safe.
 *
 * <p>Silence is counted in ticks, not by the clock: a process that was suspended does not find all its clients silent.
 */
final class Heartbeat {

    private static final int SLOTS = 100;

    private final List<Set<WebSocketConnection>> slots =
            Stream.generate(Heartbeat::newSlot).limit(SLOTS).toList();
    private final TimeSource time;
    private final Duration tickLength;
    private final long patienceTicks;

    private final boolean beats;

    private long tick;
    private long due;
    private TimeSource.@Nullable Cancellable timer;

    Heartbeat(TimeSource time, Duration interval, Duration timeout) {
        this.time = time;
        this.beats = !interval.isZero();
        this.tickLength = interval.dividedBy(SLOTS);
        this.patienceTicks = beats ? -Math.floorDiv(-timeout.toNanos(), tickLength.toNanos()) : 0;
    }

    /** Keeps the connections and leaves them in peace. */
    static Heartbeat none(TimeSource time) {
        return new Heartbeat(time, Duration.ZERO, Duration.ZERO);
    }

    void add(WebSocketConnection connection) {
        slotOf(connection).add(connection);
    }

    /** Says whether the connection was there. */
    boolean remove(WebSocketConnection connection) {
        return slotOf(connection).remove(connection);
    }

    void forEach(Consumer<WebSocketConnection> action) {
        slots.forEach(slot -> slot.forEach(action));
    }

    int size() {
        return slots.stream().mapToInt(Set::size).sum();
    }

    synchronized void start() {
        if (!beats) {
            return;
        }
        due = time.nanoTime() + tickLength.toNanos();
        timer = time.schedule(tickLength, this::beat);
    }

    synchronized void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private synchronized void beat() {
        if (timer == null) {
            return;
        }
        long now = time.nanoTime();
        boolean inTime = now - due < tickLength.toNanos();
        due = now + tickLength.toNanos();
        timer = time.schedule(tickLength, this::beat);
        if (inTime) {
            tick++;
            slotAt(tick - patienceTicks).forEach(connection -> connection.endIfSilentSince(tick - patienceTicks));
            slotAt(tick).forEach(connection -> connection.ping(tick));
        }
    }

    private static Set<WebSocketConnection> newSlot() {
        return ConcurrentHashMap.newKeySet();
    }

    private Set<WebSocketConnection> slotAt(long count) {
        return slots.get(Math.floorMod(count, SLOTS));
    }

    private Set<WebSocketConnection> slotOf(WebSocketConnection connection) {
        int hash = System.identityHashCode(connection);
        return slots.get(Math.floorMod(hash ^ (hash >>> 16), SLOTS));
    }
}
