package io.roomrouting;

import java.time.Duration;

/** How {@link HostRegistry#join} ended. */
public sealed interface JoinResult {

    /**
     * The host has a lease.
     *
     * @param lease how long it lasts, counted by the host from the moment it sent the request
     */
    record Joined(Duration lease) implements JoinResult {}

    /**
     * This life of the host is not taken: give up what it holds and join as a new incarnation.
     *
     * @param why in one line, for the log
     */
    record Refused(String why) implements JoinResult {}
}
