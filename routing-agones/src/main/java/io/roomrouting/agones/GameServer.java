package io.roomrouting.agones;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.RoutingException;
import java.util.Map;
import java.util.Optional;

/**
 * The game server that this process is, as its side-car sees it.
 *
 * @param name its name, unique in its namespace among those alive
 * @param namespace its namespace
 * @param state for example {@code Scheduled}, {@code Ready}, {@code Allocated}, {@code Shutdown}
 * @param address where clients reach its node; empty until Kubernetes has chosen one
 * @param ports its ports by name, as clients reach them
 */
public record GameServer(
        String name, String namespace, String state, Optional<String> address, Map<String, Integer> ports) {

    static final String READY = "Ready";
    static final String ALLOCATED = "Allocated";

    /** Copies the ports. */
    public GameServer {
        ports = Map.copyOf(ports);
    }

    /**
     * Returns the name that its session host must have, so that a scheduler finds it.
     *
     * @return the name of the game server
     */
    public HostId hostId() {
        return HostId.of(name);
    }

    /**
     * Returns where clients reach a port of it.
     *
     * @param port the port's name
     * @return the address, without TLS
     * @throws RoutingException.InvalidRequest if it has no such port, or no address yet
     */
    public HostAddress address(String port) {
        Integer number = ports.get(port);
        if (address.isEmpty() || number == null) {
            throw RoutingException.invalid("game server " + name + " has no address for port " + port);
        }
        return new HostAddress(address.get(), number, false);
    }

    /** Says whether Agones has heard, or is hearing, that it is ready. */
    boolean isServing() {
        return switch (state) {
            case "RequestReady", READY, "Reserved", ALLOCATED -> true;
            default -> false;
        };
    }

    /** Says whether Agones is about to remove it. */
    boolean isEnding() {
        return switch (state) {
            case "Shutdown", "Error", "Unhealthy" -> true;
            default -> false;
        };
    }
}
