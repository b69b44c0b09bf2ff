package io.roomrouting.testkit.sim;

import io.roomrouting.testkit.sim.Happening.Stay;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every join is followed by exactly one leave, and by nothing of that session after it. */
final class CallbackCheck implements Check {

    private final Map<Seat, Entry> inside = new LinkedHashMap<>();
    private final Map<Seat, Entry> gone = new HashMap<>();

    private record Seat(Stay stay, String session) {}

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Entered entered) {
            entered(entry, new Seat(entered.stay(), entered.session()), findings);
        } else if (what instanceof Happening.Left left) {
            Seat seat = new Seat(left.stay(), left.session());
            if (inside.remove(seat) == null) {
                findings.broken(Invariant.CALLBACKS, "onLeave of a session that is not inside", entry);
            }
            gone.put(seat, entry);
        } else if (what instanceof Happening.Handled handled) {
            if (!inside.containsKey(new Seat(handled.stay(), handled.session()))) {
                findings.broken(Invariant.CALLBACKS, "onEvent of a session that is not inside", entry);
            }
        } else if (what instanceof Happening.Closed closed) {
            inside.forEach((seat, entered) -> {
                if (seat.stay().equals(closed.stay())) {
                    findings.broken(Invariant.CALLBACKS, "the room closed before a session left", entry, entered);
                }
            });
        }
    }

    private void entered(Entry entry, Seat seat, Findings findings) {
        Entry before = gone.get(seat);
        if (inside.put(seat, entry) != null || before != null) {
            findings.broken(Invariant.CALLBACKS, "a session joined twice", entry);
        }
    }
}
