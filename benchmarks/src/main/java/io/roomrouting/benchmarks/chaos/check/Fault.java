package io.roomrouting.benchmarks.chaos.check;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What was done to a host, and what lived there at that moment.
 *
 * @param kind what
 * @param host to whom
 * @param at when, in nanoseconds of the machine's monotonic clock
 * @param until when everything was calm again
 * @param epochs the host's rooms, with the epoch of each
 * @param seats the sessions that were there
 */
public record Fault(Kind kind, String host, long at, long until, Map<String, Long> epochs, Set<Seat> seats) {

    /** The ways to trouble a host. */
    public enum Kind {
        /** The process ends without a word. */
        KILL,
        /** The process is halted until its lease is long over, then goes on. */
        STOP,
        /** The process is asked to end. */
        DRAIN;

        /** Returns the name as it is written on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the collections. */
    public Fault {
        epochs = Map.copyOf(epochs);
        seats = Set.copyOf(seats);
    }

    boolean covers(long moment) {
        return moment > at && moment <= until;
    }
}
