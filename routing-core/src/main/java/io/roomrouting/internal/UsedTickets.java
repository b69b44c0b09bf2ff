package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TimeSource;
import java.time.Duration;

/** Remembers the tickets that were used for as long as they could be presented again. */
final class UsedTickets {

    /** A ticket's longest life, and ten seconds for clocks that disagree. */
    static final Duration MEMORY = Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS + 10);

    private final RecentIds used;

    UsedTickets(TimeSource time, int capacity) {
        this.used = new RecentIds(time, MEMORY, capacity);
    }

    /** Marks a ticket as used, or refuses it because it was. */
    synchronized void use(String id) {
        if (used.contains(id)) {
            throw RoutingException.lookUpAgain(ErrorCode.TICKET_USED, "this ticket has been used");
        }
        if (!used.add(id)) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "too many clients connect at once", Duration.ofSeconds(5));
        }
    }
}
