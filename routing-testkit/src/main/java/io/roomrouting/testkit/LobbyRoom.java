package io.roomrouting.testkit;

import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomId;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatId;
import io.roomrouting.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A room with an owner, as {@link RoomDirectoryContract} has it: what its owner would say of it, and says. */
final class LobbyRoom {

    private final RoomDirectory directory;
    private final RoomAssignment assignment;
    private final Map<SeatId, UserId> taken = new HashMap<>();
    private final Set<SeatId> freed = new HashSet<>();
    private long number;
    private int clients;
    private int limit;
    private boolean locked;
    private RoomVisibility visibility;
    private Map<String, String> metadata;

    LobbyRoom(RoomDirectory directory, RoomAssignment assignment, RoomSpec spec) {
        this.directory = directory;
        this.assignment = assignment;
        this.limit = spec.maxClients().orElse(1_000);
        this.visibility = spec.visibility();
        this.metadata = spec.metadata();
    }

    RoomId id() {
        return assignment.room();
    }

    RoomAssignment assignment() {
        return assignment;
    }

    LobbyRoom clients(int value) {
        clients = value;
        return this;
    }

    LobbyRoom limit(int value) {
        limit = value;
        return this;
    }

    LobbyRoom locked(boolean value) {
        locked = value;
        return this;
    }

    LobbyRoom visibility(RoomVisibility value) {
        visibility = value;
        return this;
    }

    LobbyRoom metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }

    /** Somebody sits down. */
    LobbyRoom seated(UserId user, SeatId seat) {
        taken.put(seat, user);
        clients++;
        return this;
    }

    /** Somebody gets up. */
    LobbyRoom left(SeatId seat) {
        freed.add(seat);
        clients--;
        return this;
    }

    /** A seat is not wanted. */
    LobbyRoom unused(SeatId seat) {
        freed.add(seat);
        return this;
    }

    /** The next report, with all changes since the last. */
    RoomReport next() {
        RoomReport report = new RoomReport(
                id(), assignment.epoch(), ++number, clients, limit, locked, visibility, metadata, taken, freed);
        taken.clear();
        freed.clear();
        return report;
    }

    LobbyRoom reports() {
        return reports(next());
    }

    LobbyRoom reports(RoomReport report) {
        return reportsAs(assignment.owner(), report);
    }

    LobbyRoom reportsAs(HostIncarnation host, RoomReport report) {
        directory.report(host, List.of(report));
        return this;
    }
}
