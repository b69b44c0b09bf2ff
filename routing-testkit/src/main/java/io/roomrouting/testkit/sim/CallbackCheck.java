package io.roomrouting.testkit.sim;

import io.roomrouting.RoomId;
import io.roomrouting.testkit.sim.Happening.Stay;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every join is followed by exactly one leave, and by nothing of that session after it. A session that is in a handler's
 * last snapshot goes on in the next handler of its room, or nowhere.
 */
final class CallbackCheck implements Check {

    private final Map<Seat, Inside> inside = new LinkedHashMap<>();
    private final Map<Seat, Entry> gone = new HashMap<>();

    /** The handlers to which nothing has happened since they gave their state. */
    private final Set<Stay> snapped = new HashSet<>();

    private record Seat(RoomId room, String session) {}

    /** Where a session is; no stay if it is on its way. A host may crash when it has just saved what it hands over. */
    private record Inside(@Nullable Stay stay, Entry entry) {}

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Entered entered) {
            snapped.remove(entered.stay());
            entered(entry, entered.stay(), entered.session(), findings);
        } else if (what instanceof Happening.Restored restored) {
            restored.sessions().forEach(session -> movedIn(entry, restored.stay(), session, findings));
        } else if (what instanceof Happening.Left left) {
            expect(entry, left.stay(), left.session(), "onLeave", findings);
            inside.remove(seat(left.stay(), left.session()));
            gone.put(seat(left.stay(), left.session()), entry);
        } else if (what instanceof Happening.Handled handled) {
            expect(entry, handled.stay(), handled.session(), "onEvent", findings);
        } else if (what instanceof Happening.Dropped dropped) {
            expect(entry, dropped.stay(), dropped.session(), "onDrop", findings);
        } else if (what instanceof Happening.CameBack back) {
            expect(entry, back.stay(), back.session(), "onResume", findings);
        } else if (what instanceof Happening.Snapped state) {
            snapped.add(state.stay());
        } else if (what instanceof Happening.Closed closed) {
            closed(entry, closed.stay(), findings);
        }
    }

    private static Seat seat(Stay stay, String session) {
        return new Seat(stay.room(), session);
    }

    private void entered(Entry entry, Stay stay, String session, Findings findings) {
        Inside before = inside.put(seat(stay, session), new Inside(stay, entry));
        if (before != null || gone.containsKey(seat(stay, session))) {
            findings.broken(Invariant.CALLBACKS, "a session joined twice", entry);
        }
    }

    private void movedIn(Entry entry, Stay stay, String session, Findings findings) {
        Inside before = inside.put(seat(stay, session), new Inside(stay, entry));
        if (before == null) {
            findings.broken(Invariant.HONEST_RESUME, "a seat was restored whose session had left", entry);
        }
    }

    private void expect(Entry entry, Stay stay, String session, String callback, Findings findings) {
        snapped.remove(stay);
        Inside where = inside.get(seat(stay, session));
        if (where == null || !stay.equals(where.stay())) {
            findings.broken(Invariant.CALLBACKS, callback + " of a session that is not inside", entry);
        }
    }

    private void closed(Entry entry, Stay stay, Findings findings) {
        boolean goOn = snapped.contains(stay);
        inside.replaceAll((seat, where) -> {
            boolean here = stay.equals(where.stay());
            if (here && !goOn) {
                findings.broken(Invariant.CALLBACKS, "the room closed before a session left", entry, where.entry());
            }
            return here && goOn ? new Inside(null, entry) : where;
        });
    }
}
