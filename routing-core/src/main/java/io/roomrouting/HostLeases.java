package io.roomrouting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The leases of an {@link InMemoryRegistry}, living ones and those whose end nobody has noticed yet. */
final class HostLeases {

    static final int MAX_HOSTS = 10_000;

    /** How many lives that are over are remembered. One that is forgotten may join again, but nothing of it comes back. */
    private static final int MAX_ENDED = 10_000;

    private final ConcurrentMap<HostIncarnation, HostLease> leases = new ConcurrentHashMap<>();
    private final Map<HostIncarnation, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HostIncarnation, Boolean> eldest) {
            return size() > MAX_ENDED;
        }
    };

    @Nullable HostLease find(HostIncarnation host) {
        return leases.get(host);
    }

    /** Says whether this life of a host has had a lease that is over. */
    synchronized boolean hasEnded(HostIncarnation host) {
        return ended.containsKey(host);
    }

    /** Makes sure that there is space for one more host. */
    synchronized void reserve(long now) {
        if (leases.size() >= MAX_HOSTS) {
            list(now);
        }
        if (leases.size() >= MAX_HOSTS) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "the registry takes no more hosts", InMemoryRegistry.FULL_RETRY);
        }
    }

    /** Adds the lease of a new life; earlier lives of the same host take no more rooms. */
    synchronized void add(HostLease lease) {
        HostId id = lease.host().host();
        leases.values().stream().filter(elder -> elder.host().host().equals(id)).forEach(HostLease::succeed);
        leases.put(lease.host(), lease);
    }

    /** Lets go of a lease that has ended. */
    synchronized void forget(HostLease lease) {
        if (leases.remove(lease.host(), lease)) {
            ended.put(lease.host(), true);
        }
    }

    List<HostSnapshot> list(long now) {
        return leases.values().stream()
                .map(lease -> {
                    Optional<HostSnapshot> snapshot = lease.snapshot(now);
                    if (snapshot.isEmpty()) {
                        forget(lease);
                    }
                    return snapshot;
                })
                .flatMap(Optional::stream)
                .toList();
    }
}
