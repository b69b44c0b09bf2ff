package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers the tickets that were used for as long as they could be presented again: two sets, of which the older is
 * dropped when a ticket's longest life and the clocks' tolerance have passed.
 */
final class UsedTickets {

    /** A ticket's longest life, and ten seconds for clocks that disagree. */
    static final Duration MEMORY = Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS + 10);

    private static final long GENERATION_NANOS = MEMORY.toNanos();

    private final TimeSource time;
    private final int capacity;
    private Set<String> current = new HashSet<>();
    private Set<String> previous = Set.of();
    private long currentSince;

    UsedTickets(TimeSource time, int capacity) {
        this.time = time;
        this.capacity = capacity;
        this.currentSince = time.nanoTime();
    }

    /** Marks a ticket as used, or refuses it because it was. */
    synchronized void use(String id) {
        turnGenerations();
        if (previous.contains(id) || current.contains(id)) {
            throw RoutingException.lookUpAgain(ErrorCode.TICKET_USED, "this ticket has been used");
        }
        if (current.size() >= capacity) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "too many clients connect at once", Duration.ofSeconds(5));
        }
        current.add(id);
    }

    private void turnGenerations() {
        long now = time.nanoTime();
        long age = now - currentSince;
        if (age >= GENERATION_NANOS) {
            previous = age >= 2 * GENERATION_NANOS ? Set.of() : current;
            current = new HashSet<>();
            currentSince = now;
        }
    }
}
