package io.roomrouting;

import java.time.Duration;

/** How {@link HostRegistry#heartbeat} ended. */
public sealed interface HeartbeatResult {

    /**
     * The lease is extended.
     *
     * @param lease how long it lasts, counted by the host from the moment it sent the heartbeat
     * @param ordered what somebody wants the host to do; it drains when it is told so here, or when it wants to itself
     */
    record Renewed(Duration lease, HostState ordered) implements HeartbeatResult {}

    /** The registry has no lease for this life of the host: join again. */
    record Unknown() implements HeartbeatResult {}
}
