package io.roomrouting.scheduling;

import io.roomrouting.HostIncarnation;
import io.roomrouting.HostSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hosts as they were listed last, and what has been learnt since: rooms that were placed on them count, and hosts that
 * have refused one are out. Thread-safe; no call waits.
 *
 * <p>A new list is made while rooms are being placed. So what is learnt from its {@linkplain #mark beginning} on is applied
 * to it too: a room may be counted twice until the next list, but is not forgotten.
 */
final class FleetView {

    private final Map<HostIncarnation, HostSnapshot> usable = new LinkedHashMap<>();
    private final Map<HostIncarnation, HostSnapshot> refusing = new LinkedHashMap<>();
    private final Map<HostIncarnation, Integer> placedSinceMark = new HashMap<>();
    private final Set<HostIncarnation> refusingSinceMark = new HashSet<>();
    private Content content = new Content(List.of(), List.of());

    /**
     * What is known at a moment.
     *
     * @param usable hosts that may take a room
     * @param refusing hosts that have refused one since the last list
     */
    record Content(List<HostSnapshot> usable, List<HostSnapshot> refusing) {}

    synchronized Content content() {
        return content;
    }

    /** A new list is being made. */
    synchronized void mark() {
        placedSinceMark.clear();
        refusingSinceMark.clear();
    }

    /** The list that was begun at the mark is there. */
    synchronized void listed(List<HostSnapshot> hosts) {
        usable.clear();
        refusing.clear();
        hosts.forEach(host -> usable.put(host.host(), host.withClaims(placedSinceMark.getOrDefault(host.host(), 0))));
        refusingSinceMark.forEach(this::putAside);
        refresh();
    }

    synchronized void placed(HostIncarnation host) {
        placedSinceMark.merge(host, 1, Integer::sum);
        if (usable.computeIfPresent(host, (same, snapshot) -> snapshot.withClaims(1)) != null) {
            refresh();
        }
    }

    synchronized void refused(Set<HostIncarnation> hosts) {
        refusingSinceMark.addAll(hosts);
        if (hosts.stream().filter(this::putAside).count() > 0) {
            refresh();
        }
    }

    private boolean putAside(HostIncarnation host) {
        HostSnapshot known = usable.remove(host);
        if (known != null) {
            refusing.put(host, known);
        }
        return known != null;
    }

    private void refresh() {
        content = new Content(List.copyOf(usable.values()), List.copyOf(refusing.values()));
    }
}
