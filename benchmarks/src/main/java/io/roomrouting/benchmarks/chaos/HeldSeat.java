package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Seat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client's half of a seat: what it needs to come back, how much it has received, and what it has said that the server may
 * not have handled. Belongs to the crowd's thread.
 */
final class HeldSeat {

    private static final int RECEIVED_PER_ACKNOWLEDGEMENT = 64;

    private final Seat seat;
    private final String token;
    private final Deque<String> unhandled = new ArrayDeque<>();
    private final Set<Long> unconfirmed = new HashSet<>();
    private long handled;
    private long received;
    private long told;

    HeldSeat(Seat seat, String token) {
        this.seat = seat;
        this.token = token;
    }

    Seat seat() {
        return seat;
    }

    /** The sub-protocol that asks for this seat. */
    String wish() {
        return "resume." + token + "." + received;
    }

    /** A frame that counts has come: says whether it is time to acknowledge. */
    boolean took() {
        received++;
        return received - told >= RECEIVED_PER_ACKNOWLEDGEMENT;
    }

    String acknowledgement() {
        told = received;
        return "{\"ack\":" + received + "}";
    }

    void said(long n, String frame) {
        unhandled.add(frame);
        unconfirmed.add(n);
    }

    void confirmed(long n) {
        unconfirmed.remove(n);
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    /** The server has taken note of so many events in all. */
    void handled(long number) {
        if (number > handled + unhandled.size()) {
            throw new IllegalStateException("the server has handled more than was said");
        }
        for (; handled < number; handled++) {
            unhandled.remove();
        }
    }

    /** What must be said again. */
    List<String> unhandled() {
        return List.copyOf(unhandled);
    }
}
