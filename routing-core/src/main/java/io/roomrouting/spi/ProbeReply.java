package io.roomrouting.spi;

import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomReport;
import java.util.List;
import java.util.Map;

/**
 * What a host of a static list answers to a probe.
 *
 * @param host this life of it
 * @param stamp the moment of the reply on the host's own monotonic clock; only the host can read it
 * @param state whether it takes rooms
 * @param capacity what it takes at most
 * @param load what it carries
 * @param labels its labels
 * @param newestEpoch the largest epoch that the host has ever seen, 0 for none
 * @param held the rooms that it holds, when the request asked for them
 * @param releases the releases that the registry has not seen, oldest first
 * @param reportNumber counts the replies of this life of the host, as far as they carry reports
 * @param reports what has changed in the rooms for a lobby; comes again unless the next request says that it was worked in
 */
public record ProbeReply(
        HostIncarnation host,
        long stamp,
        HostState state,
        HostCapacity capacity,
        HostLoad load,
        Map<String, String> labels,
        long newestEpoch,
        List<HeldRoom> held,
        List<Released> releases,
        long reportNumber,
        List<RoomReport> reports) {

    /** Copies the collections. */
    public ProbeReply {
        labels = Map.copyOf(labels);
        held = List.copyOf(held);
        releases = List.copyOf(releases);
        reports = List.copyOf(reports);
    }

    /**
     * Makes a reply without reports.
     *
     * @param host this life of it
     * @param stamp the moment of the reply
     * @param state whether it takes rooms
     * @param capacity what it takes at most
     * @param load what it carries
     * @param labels its labels
     * @param newestEpoch the largest epoch that the host has ever seen
     * @param held the rooms that it holds
     * @param releases the releases that the registry has not seen
     */
    public ProbeReply(
            HostIncarnation host,
            long stamp,
            HostState state,
            HostCapacity capacity,
            HostLoad load,
            Map<String, String> labels,
            long newestEpoch,
            List<HeldRoom> held,
            List<Released> releases) {
        this(host, stamp, state, capacity, load, labels, newestEpoch, held, releases, 0, List.of());
    }

    /**
     * A room that the host gave back.
     *
     * @param number the release's number, counted from 1 in each life of the host
     * @param room the room
     * @param epoch the ownership that ended
     * @param release what the room becomes
     */
    public record Released(long number, RoomId room, Epoch epoch, RoomOwnership.Release release) {}
}
