package io.roomrouting.internal;

import io.roomrouting.Epoch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Those who wait for a room, in their order. Belongs to the room's thread; bounded by the host's connections and by how
 * many rooms an operator may be about to open.
 */
final class WaitingArrivals {

    private final Set<Arrival> arrivals = new LinkedHashSet<>();

    void add(Arrival arrival) {
        arrivals.add(arrival);
    }

    void remove(Arrival arrival) {
        arrivals.remove(arrival);
    }

    List<Arrival> takeAll() {
        List<Arrival> taken = List.copyOf(arrivals);
        arrivals.clear();
        return taken;
    }

    /** Takes those who know of no newer ownership than this. */
    List<Arrival> takeUpTo(Epoch epoch) {
        List<Arrival> taken = arrivals.stream()
                .filter(arrival -> !arrival.epoch().isNewerThan(epoch))
                .toList();
        taken.forEach(arrivals::remove);
        return taken;
    }
}
