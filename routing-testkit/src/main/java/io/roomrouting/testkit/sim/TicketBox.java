package io.roomrouting.testkit.sim;

import io.roomrouting.ErrorCode;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TicketIssuer;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tickets that cannot be forged because they are only names of what is kept here; issued by a router's clock, checked by
 * a host's.
 */
final class TicketBox {

    /** Short enough that a host still remembers a used ticket when the clocks differ as much as they do in a run. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Map<String, Ticket> tickets = new HashMap<>();

    TicketIssuer issuer(TimeSource time) {
        return (identity, assignment, spec, seat, correlation) -> {
            String id = "ticket-" + (tickets.size() + 1);
            Instant end = time.now().plus(LIFE);
            tickets.put(id, new Ticket(id, identity, assignment, spec, end, seat, correlation));
            return new IssuedTicket(id, end);
        };
    }

    Ticket verify(String token, TimeSource time) {
        Ticket ticket = tickets.get(token);
        if (ticket == null) {
            throw RoutingException.unauthenticated("no such ticket");
        }
        if (time.now().isAfter(ticket.expiresAt().plus(TOLERANCE))) {
            throw RoutingException.lookUpAgain(ErrorCode.TICKET_EXPIRED, "the ticket has expired");
        }
        return ticket;
    }
}
