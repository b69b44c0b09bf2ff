package io.roomrouting;

/**
 * What a host carries right now, as it reports itself.
 *
 * @param rooms open rooms
 * @param connections admitted connections
 */
public record HostLoad(int rooms, int connections) {

    /** A host that carries nothing. */
    public static final HostLoad NONE = new HostLoad(0, 0);
}
