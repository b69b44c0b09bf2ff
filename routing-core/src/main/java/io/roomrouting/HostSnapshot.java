package io.roomrouting;

import java.time.Duration;
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
 * @param expectedConnections how many claims on it were granted since {@code load} was reported: somebody is on the way
 *     to each, see {@link HostCapacity}
 * @param age how long ago this life of the host joined, by the registry's clock; joining again does not count
 * @param labels its labels
 */
public record HostSnapshot(
        HostIncarnation host,
        HostAddress address,
        HostState state,
        HostCapacity capacity,
        HostLoad load,
        int assignedRooms,
        int expectedConnections,
        Duration age,
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
     * Returns how many connections the host has to reckon with.
     *
     * @return those that it reported and those that are expected
     */
    public int connections() {
        return load.connections() + expectedConnections;
    }

    /**
     * Says whether the host has a place for one more room, and for one more connection.
     *
     * @return false if it is full in either
     */
    public boolean hasSpace() {
        return assignedRooms < capacity.rooms() && connections() < capacity.connections();
    }

    /**
     * Returns the host as it is once so many more claims on it are granted.
     *
     * @param claims how many rooms, each with somebody on the way to it
     * @return a changed copy
     */
    public HostSnapshot withClaims(int claims) {
        return new HostSnapshot(
                host,
                address,
                state,
                capacity,
                load,
                assignedRooms + claims,
                expectedConnections + claims,
                age,
                labels);
    }

    /**
     * Returns the host as it is at another age.
     *
     * @param value how long ago this life of it joined
     * @return a changed copy
     */
    public HostSnapshot withAge(Duration value) {
        return new HostSnapshot(
                host, address, state, capacity, load, assignedRooms, expectedConnections, value, labels);
    }

    /**
     * Returns how much of the host is in use.
     *
     * @return the larger share of rooms and connections, 0 for an idle host, 1 for a full one
     */
    public double utilisation() {
        int rooms = Math.max(assignedRooms, load.rooms());
        return Math.max((double) rooms / capacity.rooms(), (double) connections() / capacity.connections());
    }
}
