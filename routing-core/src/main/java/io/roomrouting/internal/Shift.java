package io.roomrouting.internal;

import io.roomrouting.session.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every batch of a room's work: before it the lease is looked at, after it what was sent is flushed and what has
 * changed is told. Belongs to the room's thread, and knows which one that is.
 */
final class Shift implements Mailbox.Batch {

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final Lease lease;
    private final Callbacks callbacks;
    private final Notice notice;
    private final List<SessionRuntime> dirty = new ArrayList<>();
    private volatile @Nullable Thread worker;
    private long start;
    private int events;
    private int messages;

    Shift(RoomRuntime room, Callbacks callbacks, Notice notice) {
        this.room = room;
        this.host = room.host();
        this.lease = room.lease();
        this.callbacks = callbacks;
        this.notice = notice;
    }

    /** Says whether this is the room's thread. Any thread. */
    boolean isOurs() {
        return Thread.currentThread() == worker;
    }

    /** An event of a client is handled. */
    void handles() {
        events++;
    }

    /** A message has been queued for a client. */
    void queued() {
        messages++;
    }

    void flushLater(SessionRuntime session) {
        dirty.add(session);
    }

    @Override
    public void begin() {
        worker = Thread.currentThread();
        start = host.time().nanoTime();
        if (room.isOpen() && !lease.serves()) {
            room.closeNow(CloseReason.LEASE_LOST);
            host.leaseLost(lease);
        }
    }

    @Override
    public void run(Runnable task) {
        callbacks.guard("room", task);
    }

    @Override
    public void end() {
        Keeping keeping = room.keeping();
        if (callbacks.takeRan() && keeping != null && room.isOpen()) {
            keeping.touch();
        }
        for (int i = 0; i < dirty.size(); i++) {
            flush(dirty.get(i));
        }
        dirty.clear();
        if (room.isOpen()) {
            notice.post();
        }
        long took = host.time().nanoTime() - start;
        callbacks.watch(took);
        host.listener().worked(room.id(), events, messages, Duration.ofNanos(took));
        events = 0;
        messages = 0;
        worker = null;
    }

    private void flush(SessionRuntime session) {
        try {
            session.flush();
        } catch (RuntimeException | Error e) {
            callbacks.report("flush", e);
        }
    }
}
