package io.roomrouting;

import java.util.Map;
import java.util.Optional;

/**
 * A living host as the registry sees it; what placement strategies look at.
 *
 * @param host this life of it
 * @param address where clients reach it
 * @param state whether it takes rooms
 * @param capacity what it takes at most
 * @param load what it reported last
 * @param assignedRooms how many rooms the registry has assigned to it, opened or not
 * @param labels its labels
 */
public record HostSnapshot(
        HostIncarnation host,
        HostAddress address,
        HostState state,
        HostCapacity capacity,
        HostLoad load,
        int assignedRooms,
        Map<String, String> labels) {

    /** The label that names a host's region. */
    public static final String REGION = "region";

    /** The label that names the version of what a host runs. */
    public static final String VERSION = "version";

    /** Copies the labels. */
    public HostSnapshot {
        labels = Map.copyOf(labels);
    }

    /**
     * Returns the host's region.
     *
     * @return the label {@code region}, if it has one
     */
    public Optional<String> region() {
        return Optional.ofNullable(labels.get(REGION));
    }

    /**
     * Returns how much of the host is in use.
     *
     * @return the larger share of rooms and connections, 0 for an idle host, 1 for a full one
     */
    public double utilisation() {
        int rooms = Math.max(assignedRooms, load.rooms());
        return Math.max((double) rooms / capacity.rooms(), (double) load.connections() / capacity.connections());
    }
}
