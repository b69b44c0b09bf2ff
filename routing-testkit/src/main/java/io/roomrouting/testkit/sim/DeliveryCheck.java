package io.roomrouting.testkit.sim;

import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session is sent arrives once, in order and without gaps, until it is told of its end; a message is handled once
 * at most, and exactly once if its answer has come.
 */
final class DeliveryCheck implements Check {

    private final Map<Integer, Entry> newest = new HashMap<>();
    private final Map<Integer, Entry> left = new HashMap<>();
    private final Map<String, Entry> handled = new HashMap<>();
    private final Set<Integer> resumed = new HashSet<>();

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Handled message) {
            Entry before = handled.putIfAbsent(message.message(), entry);
            if (before != null) {
                findings.broken(Invariant.DELIVERY, "a message was handled twice", entry, before);
            }
        } else if (what instanceof Happening.Left session) {
            left.put(session.connection(), entry);
        } else if (what instanceof Happening.Resumed resumed) {
            Entry before = newest.get(resumed.earlier());
            if (before != null) {
                newest.put(resumed.connection(), before);
            }
            this.resumed.add(resumed.connection());
        } else if (what instanceof Happening.Greeted greeted) {
            if (newest.put(greeted.connection(), entry) != null) {
                findings.broken(kind(greeted.connection()), "a client was greeted twice", entry);
            }
        } else if (what instanceof Happening.Received received) {
            received(entry, received, findings);
        } else if (what instanceof Happening.Answered answered) {
            answered(entry, answered, findings);
        } else if (what instanceof Happening.Told told) {
            told(entry, told, findings);
        }
    }

    private Invariant kind(int connection) {
        return resumed.contains(connection) ? Invariant.HONEST_RESUME : Invariant.DELIVERY;
    }

    private void received(Entry entry, Happening.Received received, Findings findings) {
        Entry before = newest.put(received.connection(), entry);
        if (before == null) {
            findings.broken(Invariant.DELIVERY, "a message came before the greeting", entry);
        } else if (numberOf(before) + 1 != received.number()) {
            findings.broken(kind(received.connection()), "received " + received.number() + " next", entry, before);
        }
    }

    private void answered(Entry entry, Happening.Answered answered, Findings findings) {
        if (answered.order() != 0) {
            findings.broken(kind(answered.connection()), "an answer that is not the next one", entry);
        }
        if (answered.handled() && !handled.containsKey(answered.message())) {
            findings.broken(Invariant.DELIVERY, "an answer to a message that was not handled", entry);
        }
    }

    /** What the room had said before the session left has arrived before the news of the end. */
    private void told(Entry entry, Happening.Told told, Findings findings) {
        Entry last = newest.get(told.connection());
        Entry end = left.get(told.connection());
        if (last != null && end != null && numberOf(last) != numberOf(end)) {
            findings.broken(Invariant.DELIVERY, "the end came without all that was said before", entry, end, last);
        }
    }

    private static long numberOf(Entry entry) {
        Long number = numberIn(entry.what());
        return number == null ? -1 : number;
    }

    private static @Nullable Long numberIn(Happening what) {
        if (what instanceof Happening.Greeted greeted) {
            return greeted.number();
        }
        if (what instanceof Happening.Received received) {
            return received.number();
        }
        return what instanceof Happening.Left session ? session.number() : null;
    }
}
