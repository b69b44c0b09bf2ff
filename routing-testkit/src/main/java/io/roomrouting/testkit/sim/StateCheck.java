package io.roomrouting.testkit.sim;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.testkit.sim.Happening.Stay;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.Map;

/** The state store takes nothing from a former owner, and gives the next one what was saved last (I4). */
final class StateCheck implements Check {

    private final Map<RoomId, Seen> newest = new HashMap<>();
    private final Map<RoomId, Kept> kept = new HashMap<>();
    private final Map<RoomId, Epoch> closed = new HashMap<>();

    /** The newest message of each handler that has had one. */
    private final Map<Stay, Long> said = new HashMap<>();

    private final boolean keeps;

    private record Seen(Epoch epoch, Entry entry) {}

    private record Kept(Epoch epoch, long version, long number, Entry entry) {}

    StateCheck(SimulationConfig config) {
        keeps = config.has(Trouble.STATE);
    }

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Loaded loaded && loaded.number() >= 0) {
            touched(entry, loaded.room(), loaded.epoch(), findings);
            Kept last = kept.get(loaded.room());
            if (last != null && last.number() != loaded.number()) {
                findings.broken(Invariant.FENCED_WRITES, "not what was saved last", entry, last.entry());
            }
        } else if (what instanceof Happening.Saved saved && saved.taken()) {
            touched(entry, saved.room(), saved.epoch(), findings);
            saved(entry, saved);
        } else if (what instanceof Happening.Deleted deleted && deleted.taken()) {
            touched(entry, deleted.room(), deleted.epoch(), findings);
            kept.remove(deleted.room());
            closed.put(deleted.room(), deleted.epoch());
        } else if (what instanceof Happening.Handled handled) {
            said.put(handled.stay(), handled.number());
        } else if (what instanceof Happening.Closed closing) {
            closed(entry, closing, findings);
        } else if (what instanceof Happening.Restored restored) {
            restored(entry, restored, findings);
        }
    }

    /** What goes on later must have been saved to its last message. */
    private void closed(Entry entry, Happening.Closed closing, Findings findings) {
        Stay stay = closing.stay();
        Long last = said.get(stay);
        Kept saved = kept.get(stay.room());
        boolean goesOn = closing.reason().equals("IDLE") || closing.reason().equals("HANDED_OVER");
        if (keeps && goesOn && last != null && (saved == null || saved.number() != last)) {
            findings.broken(Invariant.FENCED_WRITES, "a room closed without its last state", entry);
        }
    }

    private void touched(Entry entry, RoomId room, Epoch epoch, Findings findings) {
        Seen before = newest.get(room);
        if (before != null && before.epoch().isNewerThan(epoch)) {
            findings.broken(
                    Invariant.FENCED_WRITES, "the store took something from a former owner", entry, before.entry());
        } else {
            newest.put(room, new Seen(epoch, entry));
        }
    }

    /** A save that comes late, after a newer one or the end of the same ownership, changes nothing. */
    private void saved(Entry entry, Happening.Saved saved) {
        Kept last = kept.get(saved.room());
        boolean late = (last != null && last.epoch().equals(saved.epoch()) && last.version() > saved.version())
                || saved.epoch().equals(closed.get(saved.room()));
        if (!late) {
            kept.put(saved.room(), new Kept(saved.epoch(), saved.version(), saved.number(), entry));
        }
    }

    private void restored(Entry entry, Happening.Restored restored, Findings findings) {
        RoomId room = restored.stay().room();
        Kept last = kept.get(room);
        if (last == null || last.number() != restored.number()) {
            findings.broken(Invariant.FENCED_WRITES, "a room goes on with something that was not saved last", entry);
        }
    }
}
