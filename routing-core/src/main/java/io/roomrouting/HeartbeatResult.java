package io.roomrouting;

import java.time.Duration;

/** How {@link HostRegistry#heartbeat} ended. */
public sealed interface HeartbeatResult {

    /**
     * The lease is extended.
     *
     * @param lease how long it lasts, counted by the host from the moment it sent the heartbeat
     * @param state what the registry lets the host do
     */
    record Renewed(Duration lease, HostState state) implements HeartbeatResult {}

    /** The registry has no lease for this life of the host: join again. */
    record Unknown() implements HeartbeatResult {}
}
