package io.roomrouting.examples.calls;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a {@link CallDesk} can do with the room around it. Belongs to the room's thread; nothing blocks. */
interface CallLines {

    /** The devices that a user has in the room, also those that may come back; in the order in which they came. */
    List<Device> devicesOf(UserId user);

    /** Whether a device is in the room and connected. */
    boolean isConnected(Device device);

    /** Tells a device something. What it cannot get now is kept for it while it may come back; otherwise nothing happens. */
    void send(Device to, CallEvent event);

    /** Does something later, in the room. */
    TimeSource.Cancellable schedule(Duration delay, Runnable task);

    /** The time of day. */
    Instant now();
}
