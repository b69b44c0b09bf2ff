package io.roomrouting.testkit.sim;

import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.testkit.sim.Happening.Stay;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.Map;

/** Who is let in has an unused ticket for exactly that room, life and epoch (I3). */
final class TicketCheck implements Check {

    private final Map<String, Entry> used = new HashMap<>();
    private final Map<Place, Stay> open = new HashMap<>();

    private record Place(String process, RoomId room) {}

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Opened opened) {
            open.put(placeOf(opened.stay()), opened.stay());
        } else if (what instanceof Happening.Closed closed) {
            open.remove(placeOf(closed.stay()), closed.stay());
        } else if (what instanceof Happening.Accepted accepted) {
            accepted(entry, accepted, findings);
        }
    }

    private static Place placeOf(Stay stay) {
        return new Place(stay.process(), stay.room());
    }

    private void accepted(Entry entry, Happening.Accepted accepted, Findings findings) {
        Entry before = used.putIfAbsent(accepted.ticket().id(), entry);
        if (before != null) {
            findings.broken(Invariant.EXACT_TICKETS, "a ticket was used twice", entry, before);
        }
        RoomAssignment ticket = accepted.ticket().assignment();
        if (!ticket.owner().equals(accepted.life())) {
            findings.broken(
                    Invariant.EXACT_TICKETS, "a ticket for another life was taken by " + accepted.life(), entry);
        }
        Stay stay = open.get(new Place(accepted.process(), ticket.room()));
        if (stay == null) {
            findings.broken(Invariant.EXACT_TICKETS, "a client was let into a room that is not open", entry);
        } else if (!stay.assignment().equals(ticket)) {
            findings.broken(
                    Invariant.EXACT_TICKETS,
                    "a ticket was taken by a room that is owned as " + stay.assignment(),
                    entry);
        }
    }
}
