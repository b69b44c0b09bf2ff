package io.roomrouting.session;

import io.roomrouting.internal.Bounds;
import java.time.Duration;

/**
 * How the rooms of one type behave. Immutable; every {@code with} returns a changed copy and refuses values out of
 * bounds.
 *
 * @param maxClients how many sessions a room takes unless its spec asks for fewer, 1 to 1,000,000
 * @param idleTimeout how long an empty room stays open, up to one day; zero closes it at once
 * @param mailboxCapacity how many events may wait in a room, 16 to 1,000,000; more are refused as {@code OVERLOADED}
 * @param sameUser what happens when a user connects again
 * @param slowConsumer what happens to a message for a client that does not read
 */
public record RoomSettings(
        int maxClients, Duration idleTimeout, int mailboxCapacity, SameUser sameUser, SlowConsumer slowConsumer) {

    private static final RoomSettings DEFAULTS =
            new RoomSettings(1_000, Duration.ofSeconds(60), 10_000, SameUser.ALLOW, SlowConsumer.CLOSE);

    /** Checks the bounds. */
    public RoomSettings {
        Bounds.check("maxClients", maxClients, 1, 1_000_000);
        Bounds.check("idleTimeout", idleTimeout, Duration.ZERO, Duration.ofDays(1));
        Bounds.check("mailboxCapacity", mailboxCapacity, 16, 1_000_000);
    }

    /**
     * Returns 1,000 clients, 60 s idle time, 10,000 waiting events, {@link SameUser#ALLOW}, {@link SlowConsumer#CLOSE}.
     *
     * @return the defaults
     */
    public static RoomSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Changes {@link #maxClients()}.
     *
     * @param value 1 to 1,000,000
     * @return a changed copy
     */
    public RoomSettings withMaxClients(int value) {
        return new RoomSettings(value, idleTimeout, mailboxCapacity, sameUser, slowConsumer);
    }

    /**
     * Changes {@link #idleTimeout()}.
     *
     * @param value zero to one day
     * @return a changed copy
     */
    public RoomSettings withIdleTimeout(Duration value) {
        return new RoomSettings(maxClients, value, mailboxCapacity, sameUser, slowConsumer);
    }

    /**
     * Changes {@link #mailboxCapacity()}.
     *
     * @param value 16 to 1,000,000
     * @return a changed copy
     */
    public RoomSettings withMailboxCapacity(int value) {
        return new RoomSettings(maxClients, idleTimeout, value, sameUser, slowConsumer);
    }

    /**
     * Changes {@link #sameUser()}.
     *
     * @param value the policy
     * @return a changed copy
     */
    public RoomSettings withSameUser(SameUser value) {
        return new RoomSettings(maxClients, idleTimeout, mailboxCapacity, value, slowConsumer);
    }

    /**
     * Changes {@link #slowConsumer()}.
     *
     * @param value the policy
     * @return a changed copy
     */
    public RoomSettings withSlowConsumer(SlowConsumer value) {
        return new RoomSettings(maxClients, idleTimeout, mailboxCapacity, sameUser, value);
    }
}
