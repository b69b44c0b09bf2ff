package io.roomrouting.testkit;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import java.util.Optional;

/**
 * A registry as one process has it.
 *
 * @param rooms the rooms' half
 * @param hosts the hosts' half
 * @param lobby the lobby's half, if there is one
 */
public record RegistryAccess(RoomRegistry rooms, HostRegistry hosts, Optional<RoomDirectory> lobby) {

    /**
     * A registry without a lobby.
     *
     * @param rooms the rooms' half
     * @param hosts the hosts' half
     * @return the access
     */
    public static RegistryAccess of(RoomRegistry rooms, HostRegistry hosts) {
        return new RegistryAccess(rooms, hosts, Optional.empty());
    }

    /**
     * A registry with a lobby.
     *
     * @param rooms the rooms' half
     * @param hosts the hosts' half
     * @param lobby the lobby's half
     * @return the access
     */
    public static RegistryAccess of(RoomRegistry rooms, HostRegistry hosts, RoomDirectory lobby) {
        return new RegistryAccess(rooms, hosts, Optional.of(lobby));
    }
}
