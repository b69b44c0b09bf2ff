package io.roomrouting.session;

import io.roomrouting.internal.Bounds;

/**
 * What one client, one user and one network address may take of a host, and how fast clients may come. Immutable; every {@code with} returns a changed
 * copy and refuses values out of bounds.
 *
 * @param eventsPerSecond how many events a client may send per second in the long run, 1 to 1,000,000; more are refused
 *     as {@code RATE_LIMITED}, and who keeps on is sent away
 * @param eventBurst how many events a client may send at once, 1 to 1,000,000
 * @param connectionsPerUser how many connections a user may have on this host, 1 to 1,000,000
 * @param connectionsPerAddress how many connections may come from one network address, 1 to 1,000,000
 * @param admissionsPerSecond how many clients the host lets in per second in the long run, 1 to 1,000,000; the others are
 *     refused as {@code OVERLOADED} and told to come back one after the other at this rate, after 30 s (and a random
 *     quarter) at the latest. After a host or a network has failed, this is what keeps the crowd from failing the next
 * @param admissionBurst how many clients the host lets in at once, 1 to 1,000,000
 */
public record SessionLimits(
        int eventsPerSecond,
        int eventBurst,
        int connectionsPerUser,
        int connectionsPerAddress,
        int admissionsPerSecond,
        int admissionBurst) {

    private static final SessionLimits DEFAULTS = new SessionLimits(50, 100, 20, 1_000, 500, 1_000);

    /** Checks the bounds. */
    public SessionLimits {
        Bounds.check("eventsPerSecond", eventsPerSecond, 1, 1_000_000);
        Bounds.check("eventBurst", eventBurst, 1, 1_000_000);
        Bounds.check("connectionsPerUser", connectionsPerUser, 1, 1_000_000);
        Bounds.check("connectionsPerAddress", connectionsPerAddress, 1, 1_000_000);
        Bounds.check("admissionsPerSecond", admissionsPerSecond, 1, 1_000_000);
        Bounds.check("admissionBurst", admissionBurst, 1, 1_000_000);
    }

    /**
     * Returns 50 events per second, 100 at once, 20 connections per user, 1,000 per address, 500 admissions per second, 1,000
     * at once.
     *
     * @return the defaults
     */
    public static SessionLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Changes {@link #eventsPerSecond()} and {@link #eventBurst()}.
     *
     * @param perSecond 1 to 1,000,000
     * @param burst 1 to 1,000,000
     * @return a changed copy
     */
    public SessionLimits withEvents(int perSecond, int burst) {
        return new SessionLimits(
                perSecond, burst, connectionsPerUser, connectionsPerAddress, admissionsPerSecond, admissionBurst);
    }

    /**
     * Changes {@link #connectionsPerUser()}.
     *
     * @param value 1 to 1,000,000
     * @return a changed copy
     */
    public SessionLimits withConnectionsPerUser(int value) {
        return new SessionLimits(
                eventsPerSecond, eventBurst, value, connectionsPerAddress, admissionsPerSecond, admissionBurst);
    }

    /**
     * Changes {@link #connectionsPerAddress()}.
     *
     * @param value 1 to 1,000,000
     * @return a changed copy
     */
    public SessionLimits withConnectionsPerAddress(int value) {
        return new SessionLimits(
                eventsPerSecond, eventBurst, connectionsPerUser, value, admissionsPerSecond, admissionBurst);
    }

    /**
     * Changes {@link #admissionsPerSecond()} and {@link #admissionBurst()}.
     *
     * @param perSecond 1 to 1,000,000
     * @param burst 1 to 1,000,000
     * @return a changed copy
     */
    public SessionLimits withAdmissions(int perSecond, int burst) {
        return new SessionLimits(
                eventsPerSecond, eventBurst, connectionsPerUser, connectionsPerAddress, perSecond, burst);
    }
}
