package io.roomrouting.session;

import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;

/**
 * How a session host is doing.
 *
 * @param host this life of it
 * @param ready whether it has a lease and takes new rooms; false also when it serves without a lease during an
 *     outage of the registry, see {@link OutagePolicy#AVAILABLE}
 * @param state whether it drains
 * @param load what it carries
 */
public record HostStatus(HostIncarnation host, boolean ready, HostState state, HostLoad load) {}
