package io.roomrouting.agones;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.scheduling.ProvidedHosts;
import java.util.Comparator;
import java.util.Optional;

/**
 * Says which life of a session host serves on a game server.
 *
 * <p>Agones names a process, while ownership belongs to one life of a host that has a lease. This is the step from one
 * to the other, and the reason why a room on Agones has exactly one owner like any other. Called by many threads at once,
 * repeatedly while a host is awaited.
 */
@FunctionalInterface
public interface HostLookup {

    /**
     * Looks for the host.
     *
     * @param gameServer the name of the game server, which is the id of its host
     * @param address its address and port as Agones names them
     * @return the life that has a lease; empty while there is none, or while another host answers at the address
     * @throws io.roomrouting.RoutingException.Unavailable if it cannot be found out
     */
    Optional<HostIncarnation> living(HostId gameServer, HostAddress address);

    /**
     * Finds hosts that registered themselves under the name of their game server.
     *
     * @param hosts the registry that backend and hosts share
     * @return a look-up by name
     */
    static HostLookup registered(HostRegistry hosts) {
        return (gameServer, address) -> hosts.list().stream()
                .filter(host -> host.host().host().equals(gameServer))
                .min(Comparator.comparing((HostSnapshot host) -> host.state() != HostState.ACTIVE))
                .map(HostSnapshot::host);
    }

    /**
     * Finds hosts that call nobody, by asking them. Game servers come and go at the same addresses, so a host counts only
     * if it answers with the name of the game server.
     *
     * @param hosts asks them, at the addresses that Agones names
     * @return a look-up by address and name
     */
    static HostLookup probed(ProvidedHosts hosts) {
        return (gameServer, address) ->
                hosts.at(address).filter(life -> life.host().equals(gameServer));
    }
}
