package io.roomrouting;

/**
 * Checks a ticket's seal and reads it. All that a session host needs of the ticket system.
 *
 * <p>Thread-safe. That a ticket is for this host, at the current epoch and unused is checked by the
 * {@link io.roomrouting.session.SessionHost}, which knows.
 */
@FunctionalInterface
public interface TicketVerifier {

    /**
     * Checks and reads a ticket.
     *
     * @param token what the client presented; never logged
     * @return what it says
     * @throws RoutingException.Unauthenticated if it is forged, malformed or not a room ticket
     * @throws RoutingException.LookUpAgain with {@link ErrorCode#TICKET_EXPIRED} if its time is over
     */
    Ticket verify(String token);
}
