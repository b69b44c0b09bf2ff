package io.roomrouting.testkit.sim;

import io.roomrouting.Epoch;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One owner at a time, and epochs that grow (I1, I2). With {@link Trouble#AVAILABLE} a former owner may still talk with the
 * sessions that it has, but let nobody in.
 */
final class OwnershipCheck implements Check {

    private final SimulationConfig config;
    private final Map<RoomId, Entry> newest = new HashMap<>();
    private final Map<Era, Entry> owners = new HashMap<>();

    private final Map<RoomAssignment, Entry> openings = new HashMap<>();

    private record Era(RoomId room, Epoch epoch) {}

    OwnershipCheck(SimulationConfig config) {
        this.config = config;
    }

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Granted granted) {
            granted(entry, granted.assignment(), findings);
        } else if (what instanceof Happening.Adopted adopted) {
            owned(entry, adopted.assignment(), findings);
        } else if (what instanceof Happening.Opened opened) {
            acts(entry, opened.stay().assignment(), "a room was opened", findings);
            Entry before = openings.putIfAbsent(opened.stay().assignment(), entry);
            if (before != null) {
                findings.broken(Invariant.ONE_OWNER, "a room was opened twice under one epoch", entry, before);
            }
        } else if (what instanceof Happening.Entered entered) {
            acts(entry, entered.stay().assignment(), "a client was let in", findings);
        } else if (what instanceof Happening.CameBack back) {
            acts(entry, back.stay().assignment(), "a client was let in again", findings);
        } else if (what instanceof Happening.Handled handled && !config.has(Trouble.AVAILABLE)) {
            acts(entry, handled.stay().assignment(), "a message was handled", findings);
        }
    }

    private void granted(Entry entry, RoomAssignment assignment, Findings findings) {
        Entry before = newest.get(assignment.room());
        boolean again = before != null && assignmentOf(before).equals(assignment);
        if (before != null
                && !again
                && !assignment.epoch().isNewerThan(assignmentOf(before).epoch())) {
            findings.broken(Invariant.EPOCHS_GROW, "an epoch is not larger than the one before", entry, before);
        }
        owned(entry, assignment, findings);
        if (!again) {
            newest.put(assignment.room(), entry);
        }
    }

    private void owned(Entry entry, RoomAssignment assignment, Findings findings) {
        Entry before = owners.putIfAbsent(new Era(assignment.room(), assignment.epoch()), entry);
        if (before != null && !ownerOf(before).equals(assignment.owner())) {
            findings.broken(Invariant.ONE_OWNER, "one epoch belongs to two lives of hosts", entry, before);
        }
    }

    private void acts(Entry entry, RoomAssignment under, String what, Findings findings) {
        Entry newer = newest.get(under.room());
        if (newer != null && assignmentOf(newer).epoch().isNewerThan(under.epoch())) {
            findings.broken(Invariant.ONE_OWNER, what + " under an epoch that was over", entry, newer);
        }
    }

    private static HostIncarnation ownerOf(Entry entry) {
        return assignmentOf(entry).owner();
    }

    private static RoomAssignment assignmentOf(Entry entry) {
        RoomAssignment assignment = assignmentIn(entry.what());
        if (assignment == null) {
            throw new IllegalStateException("not about an ownership: " + entry);
        }
        return assignment;
    }

    private static @Nullable RoomAssignment assignmentIn(Happening what) {
        if (what instanceof Happening.Granted granted) {
            return granted.assignment();
        }
        return what instanceof Happening.Adopted adopted ? adopted.assignment() : null;
    }
}
