package io.roomrouting.benchmarks.chaos.check;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What was done, and whom it concerned at that moment.
 *
 * @param kind what
 * @param victim to whom: a host, a backend, the engine or all
 * @param at when, in nanoseconds of the machine's monotonic clock
 * @param healed when the cause was over, as far as it has an end of its own; otherwise {@code at}
 * @param until when everything was calm again
 * @param epochs the rooms that it concerned, with the epoch of each
 * @param seats the sessions that it concerned
 */
public record Fault(
        Kind kind, String victim, long at, long healed, long until, Map<String, Long> epochs, Set<Seat> seats) {

    /** The ways to trouble a fleet. */
    public enum Kind {
        /** The process ends without a word. */
        KILL,
        /** The process is halted until its lease is long over, then goes on. */
        STOP,
        /** The process is asked to end. */
        DRAIN,
        /** One host and the engines do not hear of each other for a while. */
        CUT_HOST,
        /** The engine ends and is started again. */
        ENGINE,
        /** One backend and the engines do not hear of each other for a while. */
        CUT_BACKEND,
        /** Nobody and the engines hear of each other for a while. */
        CUT_ALL;

        /** Returns whether a host loses its rooms to others. */
        public boolean movesRooms() {
            return switch (this) {
                case KILL, STOP, DRAIN, CUT_HOST -> true;
                case ENGINE, CUT_BACKEND, CUT_ALL -> false;
            };
        }

        /** Returns whether a host may lose what it has not saved. */
        boolean mayLoseState() {
            return switch (this) {
                case KILL, STOP, CUT_HOST, CUT_ALL -> true;
                case DRAIN, ENGINE, CUT_BACKEND -> false;
            };
        }

        /** Returns whether there must be an engine that can be troubled. */
        public boolean needsEngine() {
            return switch (this) {
                case KILL, STOP, DRAIN -> false;
                case CUT_HOST, ENGINE, CUT_BACKEND, CUT_ALL -> true;
            };
        }

        /** Returns the name as it is written on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
