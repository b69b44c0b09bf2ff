package io.roomrouting.internal;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.spi.ProbeReply.Released;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one life of a probed host has given back, and how far its registry knows of it. Not thread-safe.
 *
 * <p>Bounded by what the host can release within the longest life of a ticket after the registry has seen it.
 */
final class ReleaseLedger {

    private static final int MAX_PER_REPLY = 1_000;

    private final List<Released> unseen = new ArrayList<>();
    private final Map<RoomId, Released> ended = new HashMap<>();
    private long newest;
    private long told;

    void add(RoomAssignment assignment, Release release) {
        Released released = new Released(++newest, assignment.room(), assignment.epoch(), release);
        unseen.add(released);
        ended.put(assignment.room(), released);
    }

    /** Says whether this ownership, or a later one of the room, has been given back. */
    boolean hasEnded(RoomAssignment assignment) {
        Released last = ended.get(assignment.room());
        return last != null && !assignment.epoch().isNewerThan(last.epoch());
    }

    /** Undoes a release, which has not happened as long as no reply has carried it. */
    boolean takeBack(RoomAssignment assignment) {
        Released last = ended.get(assignment.room());
        boolean possible = last != null
                && last.number() > told
                && last.epoch().equals(assignment.epoch())
                && last.release() == Release.IDLE
                && unseen.remove(last);
        if (possible) {
            ended.remove(assignment.room());
        }
        return possible;
    }

    /** What a reply carries: the oldest releases that the registry has not seen. */
    List<Released> tell() {
        List<Released> news = List.copyOf(unseen.subList(0, Math.min(unseen.size(), MAX_PER_REPLY)));
        if (!news.isEmpty()) {
            told = news.get(news.size() - 1).number();
        }
        return news;
    }

    boolean allTold() {
        return unseen.isEmpty() || unseen.get(unseen.size() - 1).number() <= told;
    }

    /** Tells no more what the registry has seen; returns it, to be forgotten when no ticket for it is left. */
    List<Released> seen(long upTo) {
        List<Released> seen =
                unseen.stream().filter(release -> release.number() <= upTo).toList();
        unseen.subList(0, seen.size()).clear();
        return seen;
    }

    void forget(List<Released> seen) {
        seen.forEach(release -> ended.remove(release.room(), release));
    }
}
