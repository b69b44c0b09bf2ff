package io.roomrouting.internal;

import io.roomrouting.Epoch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The clients that wait for a room, in their order. Belongs to the room's thread; bounded by the host's connections. */
final class WaitingLinks {

    private final Set<Link> links = new LinkedHashSet<>();

    void add(Link link) {
        links.add(link);
    }

    void remove(Link link) {
        links.remove(link);
    }

    List<Link> takeAll() {
        List<Link> taken = List.copyOf(links);
        links.clear();
        return taken;
    }

    /** Takes those who have no newer ticket than this. */
    List<Link> takeUpTo(Epoch epoch) {
        List<Link> taken =
                links.stream().filter(link -> !link.epoch().isNewerThan(epoch)).toList();
        taken.forEach(links::remove);
        return taken;
    }
}
