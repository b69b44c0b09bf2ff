package io.roomrouting.internal;

import io.roomrouting.TimeSource;

/** Notices the end of a lease even when nothing happens on the host. Thread-safe. */
final class Fence {

    private final LocalSessionHost host;
    private TimeSource.Cancellable timer = () -> {};
    private boolean off;

    Fence(LocalSessionHost host) {
        this.host = host;
    }

    /** Looks at this lease, and at no other, when it is due to end. */
    synchronized void watch(Lease lease) {
        timer.cancel();
        if (!off) {
            timer = host.time().schedule(lease.untilFence(), () -> host.blocking(() -> check(lease)));
        }
    }

    private void check(Lease lease) {
        if (lease.serves()) {
            watch(lease);
        } else {
            host.leaseLost(lease);
        }
    }

    /** Looks no more. */
    synchronized void off() {
        off = true;
        timer.cancel();
    }
}
