package io.roomrouting;

import java.util.List;
import java.util.Map;

/**
 * How a host introduces itself.
 *
 * @param host this life of it
 * @param address where clients reach it
 * @param capacity what it takes at most
 * @param labels what placement may look at: {@code region}, {@code version} and the application's own; at most 16
 *     entries, keys up to 64 and values up to 256 characters
 * @param held the rooms that it holds already; empty except towards a registry that has restarted without its memory
 */
public record HostRegistration(
        HostIncarnation host,
        HostAddress address,
        HostCapacity capacity,
        Map<String, String> labels,
        List<HeldRoom> held) {

    /** Checks the bounds and copies the collections. */
    public HostRegistration {
        labels = BoundedText.copy("host labels", labels);
        held = List.copyOf(held);
    }
}
