package io.roomrouting;

import java.util.List;

/**
 * The one place that knows which hosts live.
 *
 * <p>One lease per life of a host backs all its rooms. Every method is atomic and safe for many threads and processes,
 * may block, and throws {@link RoutingException.Unavailable} with {@link ErrorCode#REGISTRY_UNAVAILABLE} when the
 * registry is out of reach. Only the registry's own clock decides when a lease has ended.
 */
public interface HostRegistry {

    /**
     * Gives a new life of a host a lease. Joining again with a living incarnation renews its lease. An earlier life of the
     * same host that still has a lease takes no more rooms: it drains until that lease ends.
     *
     * @param registration the host
     * @return the lease, or that this incarnation is not taken (it has been alive before and its lease has ended, or it
     *     holds rooms that this registry has not granted)
     * @throws RoutingException.Unavailable with {@link ErrorCode#OVERLOADED} if the registry is full
     */
    JoinResult join(HostRegistration registration);

    /**
     * Extends the lease, and reports the load and what the host itself wants to be used for. The newest report counts, so
     * one that was overtaken on its way is put right by the next. Connections that were expected ({@link HostCapacity}) are
     * in the report or are not expected any more.
     *
     * @param host a living host
     * @param load what it carries now
     * @param state {@link HostState#DRAINING} if the host is about to stop
     * @return the extended lease and what was ordered with {@link #mark}, or that there is no lease to extend
     */
    HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state);

    /**
     * Orders a host to drain, or takes that order back; for operators, not for the host itself. It takes no rooms from now
     * on, and learns the order with its next heartbeat. Does nothing when this life of it is over.
     *
     * @param host a living host
     * @param state what it shall be used for
     */
    void mark(HostIncarnation host, HostState state);

    /**
     * Ends a lease at once, and with it every assignment of the host. The host must have stopped serving before.
     *
     * @param host the life that is over
     */
    void leave(HostIncarnation host);

    /**
     * Returns the living hosts, draining ones included.
     *
     * @return an immutable snapshot in no particular order
     */
    List<HostSnapshot> list();

    /**
     * Says whether calls can wait for something outside this process.
     *
     * @return false only if no method ever waits
     */
    default boolean mayBlock() {
        return true;
    }
}
