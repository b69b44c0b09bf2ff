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
 * @param resumeGrace how long the seat of a client is kept when its connection breaks, up to one hour; zero gives no
 *     seats. Only clients that ask for a seat have one.
 * @param resumeMessages how many of the newest messages are kept for each seat until they are known to have arrived, 1
 *     to 100,000; who misses more is a newcomer. At most 256 KiB are kept in any case.
 * @param saveInterval how often the state of a {@link RestorableRoom} is saved while something happens in it, up to one
 *     day; zero saves only when the room asks for it or ends
 * @param whenDraining what becomes of the rooms when their host drains
 */
public record RoomSettings(
        int maxClients,
        Duration idleTimeout,
        int mailboxCapacity,
        SameUser sameUser,
        SlowConsumer slowConsumer,
        Duration resumeGrace,
        int resumeMessages,
        Duration saveInterval,
        WhenDraining whenDraining) {

    private static final RoomSettings DEFAULTS = new RoomSettings(
            1_000,
            Duration.ofSeconds(60),
            10_000,
            SameUser.ALLOW,
            SlowConsumer.CLOSE,
            Duration.ofSeconds(20),
            256,
            Duration.ofSeconds(10),
            WhenDraining.MOVE);

    /** Checks the bounds. */
    public RoomSettings {
        Bounds.check("maxClients", maxClients, 1, 1_000_000);
        Bounds.check("idleTimeout", idleTimeout, Duration.ZERO, Duration.ofDays(1));
        Bounds.check("mailboxCapacity", mailboxCapacity, 16, 1_000_000);
        Bounds.check("resumeGrace", resumeGrace, Duration.ZERO, Duration.ofHours(1));
        Bounds.check("resumeMessages", resumeMessages, 1, 100_000);
        Bounds.check("saveInterval", saveInterval, Duration.ZERO, Duration.ofDays(1));
    }

    /**
     * Returns 1,000 clients, 60 s idle time, 10,000 waiting events, {@link SameUser#ALLOW}, {@link SlowConsumer#CLOSE},
     * seats kept for 20 s with 256 messages, state saved every 10 s, and {@link WhenDraining#MOVE}.
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
        return new RoomSettings(
                value,
                idleTimeout,
                mailboxCapacity,
                sameUser,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #idleTimeout()}.
     *
     * @param value zero to one day
     * @return a changed copy
     */
    public RoomSettings withIdleTimeout(Duration value) {
        return new RoomSettings(
                maxClients,
                value,
                mailboxCapacity,
                sameUser,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #mailboxCapacity()}.
     *
     * @param value 16 to 1,000,000
     * @return a changed copy
     */
    public RoomSettings withMailboxCapacity(int value) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                value,
                sameUser,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #sameUser()}.
     *
     * @param value the policy
     * @return a changed copy
     */
    public RoomSettings withSameUser(SameUser value) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                mailboxCapacity,
                value,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #slowConsumer()}.
     *
     * @param value the policy
     * @return a changed copy
     */
    public RoomSettings withSlowConsumer(SlowConsumer value) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                mailboxCapacity,
                sameUser,
                value,
                resumeGrace,
                resumeMessages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #resumeGrace()} and {@link #resumeMessages()}.
     *
     * @param grace zero to one hour
     * @param messages 1 to 100,000
     * @return a changed copy
     */
    public RoomSettings withResume(Duration grace, int messages) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                mailboxCapacity,
                sameUser,
                slowConsumer,
                grace,
                messages,
                saveInterval,
                whenDraining);
    }

    /**
     * Changes {@link #saveInterval()}.
     *
     * @param value zero to one day
     * @return a changed copy
     */
    public RoomSettings withSaveInterval(Duration value) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                mailboxCapacity,
                sameUser,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                value,
                whenDraining);
    }

    /**
     * Changes {@link #whenDraining()}.
     *
     * @param value the policy
     * @return a changed copy
     */
    public RoomSettings withWhenDraining(WhenDraining value) {
        return new RoomSettings(
                maxClients,
                idleTimeout,
                mailboxCapacity,
                sameUser,
                slowConsumer,
                resumeGrace,
                resumeMessages,
                saveInterval,
                value);
    }
}
