package io.roomrouting;

import java.time.Duration;
import java.util.Optional;

/**
 * A scheduler's choice, still to be claimed.
 *
 * @param host the life of the host
 * @param address where clients reach it
 * @param validity how long a claim of it holds when the host is kept by a provider that places rooms by itself; empty
 *     when the claim is backed by the host's lease in the {@link HostRegistry}
 * @param reason why, in one line for people
 */
public record Placement(HostIncarnation host, HostAddress address, Optional<Duration> validity, String reason) {}
