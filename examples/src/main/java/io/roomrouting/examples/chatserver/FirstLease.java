package io.roomrouting.examples.chatserver;

import io.roomrouting.session.SessionListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when a host takes rooms, so that nobody is told of it before. */
final class FirstLease implements SessionListener {

    private final CountDownLatch held = new CountDownLatch(1);

    @Override
    public void leaseChanged(boolean nowHeld) {
        if (nowHeld) {
            held.countDown();
        }
    }

    /** Waits for the lease, which a registry in the same process gives at once. */
    void await(Duration most) {
        try {
            if (!held.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The host has got no lease within " + most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The host is not waited for any more", e);
        }
    }
}
