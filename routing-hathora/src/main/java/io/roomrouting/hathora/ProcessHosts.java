package io.roomrouting.hathora;

import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import java.util.Comparator;
import java.util.Optional;

/**
 * Says which session host answers at an address that Hathora names: Hathora knows processes and ports, claims and tickets
 * name lives of hosts. Thread-safe; may block for a short while.
 *
 * <p>For hosts that a backend probes it is {@code providedHosts::at}, see
 * {@link io.roomrouting.scheduling.ProvidedHosts}; for hosts that join a shared registry by themselves,
 * {@link #registeredIn}.
 */
@FunctionalInterface
public interface ProcessHosts {

    /**
     * Finds the host.
     *
     * @param address where clients reach it
     * @return its life; empty while it is not there yet: ask again
     */
    Optional<HostIncarnation> at(HostAddress address);

    /**
     * Finds hosts that join a registry by themselves, under the address that Hathora names.
     *
     * @param hosts the registry
     * @return how to find them
     */
    static ProcessHosts registeredIn(HostRegistry hosts) {
        return address -> hosts.list().stream()
                .filter(host -> host.address().equals(address))
                .min(Comparator.comparing((HostSnapshot host) -> host.state() != HostState.ACTIVE))
                .map(HostSnapshot::host);
    }
}
