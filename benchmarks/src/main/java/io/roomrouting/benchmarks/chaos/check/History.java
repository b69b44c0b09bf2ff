package io.roomrouting.benchmarks.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * Everything that was seen of a run. All times are nanoseconds of the machine's monotonic clock, which its processes
 * share.
 *
 * @param accepted what the rooms took, from the hosts' own logs
 * @param admitted whom the hosts let in, from their own logs
 * @param sent what the clients said, once for each message however often it was repeated
 * @param delivered what reached the clients, each client's in order
 * @param replied what was confirmed to the clients
 * @param steps how their sessions went
 * @param attempts how often they tried to get in
 * @param kept what rooms said was safe; nothing where they only keep a snapshot now and then
 * @param stored what the engine holds at the end: for each room the senders and their counts, in order
 * @param troubles what should not happen at all, in words
 * @param faults what was done to the fleet
 */
public record History(
        List<Accepted> accepted,
        List<Admitted> admitted,
        List<Sent> sent,
        List<Delivered> delivered,
        List<Replied> replied,
        List<Step> steps,
        List<Attempt> attempts,
        List<Kept> kept,
        Map<String, List<String>> stored,
        List<String> troubles,
        List<Fault> faults) {

    /** Copies the lists. */
    public History {
        accepted = List.copyOf(accepted);
        admitted = List.copyOf(admitted);
        sent = List.copyOf(sent);
        delivered = List.copyOf(delivered);
        replied = List.copyOf(replied);
        steps = List.copyOf(steps);
        attempts = List.copyOf(attempts);
        kept = List.copyOf(kept);
        stored = Map.copyOf(stored);
        troubles = List.copyOf(troubles);
        faults = List.copyOf(faults);
    }

    /** The same, with what the engine holds at the end. */
    public History withStored(Map<String, List<String>> messages) {
        return new History(
                accepted, admitted, sent, delivered, replied, steps, attempts, kept, messages, troubles, faults);
    }

    /**
     * A room took a message.
     *
     * @param message which
     * @param again whether the room had taken one with this number, or a higher one, from this sender
     * @param at when
     */
    public record Accepted(Message message, boolean again, long at) {}

    /**
     * A host let a client in.
     *
     * @param host which
     * @param at when
     */
    public record Admitted(String host, long at) {}

    /**
     * A client said something.
     *
     * @param seat in which stay
     * @param n its count
     * @param at when
     */
    public record Sent(Seat seat, long n, long at) {}

    /**
     * A message reached a client.
     *
     * @param seat in which stay
     * @param message which
     * @param at when
     */
    public record Delivered(Seat seat, Message message, long at) {}

    /**
     * A client learned that its message was taken.
     *
     * @param seat in which stay
     * @param message which
     * @param at when
     */
    public record Replied(Seat seat, Message message, long at) {}

    /**
     * A session went on or ended.
     *
     * @param seat which; for {@link Kind#LOST} the one that ended
     * @param kind how
     * @param at when
     */
    public record Step(Seat seat, Kind kind, long at) {

        /** How a session goes. */
        public enum Kind {
            /** The client is in for the first time, or as a newcomer again. */
            BEGUN,
            /** The connection broke. */
            DROPPED,
            /** The client is back on its seat. */
            RESUMED,
            /** The client was told that its session is over; another begins. */
            LOST
        }
    }

    /**
     * A room told a client that its messages up to a number are safe.
     *
     * @param room which
     * @param epoch under which ownership
     * @param seq up to which of the room's numbers
     * @param at when the client heard it
     */
    public record Kept(String room, long epoch, long seq, long at) {}

    /**
     * A client asked for a way into its room.
     *
     * @param client who
     * @param at when
     * @param notBefore the earliest moment that the server's wish, or without one its own patience, allowed
     */
    public record Attempt(String client, long at, long notBefore) {}
}
