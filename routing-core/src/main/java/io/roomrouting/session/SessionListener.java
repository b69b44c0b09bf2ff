package io.roomrouting.session;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import java.time.Duration;

/**
 * Told what a session host does, for logs and metrics. Called on the rooms' threads and on transports' threads, by several
 * at once: be quick and do not throw; what is thrown is logged and changes nothing.
 */
public interface SessionListener {

    /** Hears nothing. */
    SessionListener NONE = new SessionListener() {};

    /**
     * A room opened.
     *
     * @param room the room
     */
    default void roomOpened(RoomId room) {}

    /**
     * A room ended.
     *
     * @param room the room
     * @param reason why
     */
    default void roomClosed(RoomId room, CloseReason reason) {}

    /**
     * A connection was not taken, before anybody knew whose it is.
     *
     * @param code {@link ErrorCode#RATE_LIMITED} if its network address has too many, {@link ErrorCode#OVERLOADED} if the
     *     host has, or stops
     */
    default void connectionRefused(ErrorCode code) {}

    /**
     * A client with a ticket was not let in.
     *
     * @param room the room that it wanted
     * @param user who
     * @param code what it was told: {@link ErrorCode#RATE_LIMITED} if the user has too many connections,
     *     {@link ErrorCode#OVERLOADED} if too many clients come at once or the host is full, otherwise the ticket's or the
     *     room's reason
     */
    default void admissionRefused(RoomId room, UserId user, ErrorCode code) {}

    /**
     * A client joined.
     *
     * @param room the room
     * @param user who
     */
    default void joined(RoomId room, UserId user) {}

    /**
     * A client's connection broke and its seat is kept for a while.
     *
     * @param room the room
     * @param user who
     */
    default void dropped(RoomId room, UserId user) {}

    /**
     * A client came back to its seat and missed nothing.
     *
     * @param room the room
     * @param user who
     */
    default void resumed(RoomId room, UserId user) {}

    /**
     * A client came back in vain: its seat was given up, or not all that it missed was kept. It joins as a newcomer.
     *
     * @param room the room
     * @param user who
     */
    default void notResumed(RoomId room, UserId user) {}

    /**
     * A room's state could not be saved; it is tried again.
     *
     * @param room the room
     * @param failure what went wrong
     */
    default void notSaved(RoomId room, Throwable failure) {}

    /**
     * A client left.
     *
     * @param room the room
     * @param user who
     * @param reason why
     */
    default void left(RoomId room, UserId user, LeaveReason reason) {}

    /**
     * A client's event was not handled because of a limit.
     *
     * @param room the room
     * @param code {@code RATE_LIMITED} or {@code OVERLOADED}
     */
    default void eventRefused(RoomId room, String code) {}

    /**
     * A message was not sent because a client's outbound queue was full.
     *
     * @param room the room
     * @param user whose
     */
    default void saturated(RoomId room, UserId user) {}

    /**
     * A room worked off a batch of what waited in it: one event if it is idle, some dozens at most. Called often; whoever
     * counts must do so without locks.
     *
     * @param room the room
     * @param events how many events of clients were handled
     * @param messages how many messages were queued for clients, one for each recipient
     * @param took how long the batch took, timers and offloaded work's ends included
     */
    default void worked(RoomId room, int events, int messages, Duration took) {}

    /**
     * A room's code threw.
     *
     * @param room the room
     * @param callback what was running, for example {@code onEvent}
     * @param failure what it threw
     */
    default void handlerFailed(RoomId room, String callback, Throwable failure) {}

    /**
     * A room's code held the room's thread for long; it should use {@link Room#offload}.
     *
     * @param room the room
     * @param duration how long one batch of callbacks took
     */
    default void slowHandler(RoomId room, Duration duration) {}

    /**
     * The host lost or got its lease. Under {@link OutagePolicy#AVAILABLE} it may go on serving without one, until it is
     * told that it has one again or its rooms close.
     *
     * @param held whether it now has one
     */
    default void leaseChanged(boolean held) {}

    /**
     * The host began to drain, by its own wish or by the registry's, or takes rooms again. Called by whoever asked for it.
     *
     * @param draining whether it drains now
     */
    default void drainChanged(boolean draining) {}
}
