package io.roomrouting;

import java.util.Optional;

/** Mints the short-lived ticket that binds user, room, host incarnation and epoch. Thread-safe; does not block. */
@FunctionalInterface
public interface TicketIssuer {

    /**
     * Mints a ticket with a fresh id that lives at most {@link Ticket#MAX_LIFE_SECONDS} seconds.
     *
     * @param identity who may enter
     * @param assignment the ownership in force
     * @param spec how the room was created
     * @param seat the seat that is kept for the user; empty if none is
     * @param correlation what the look-up is called in the logs; empty if it has no name
     * @return the sealed ticket
     */
    IssuedTicket issue(
            Identity identity,
            RoomAssignment assignment,
            RoomSpec spec,
            Optional<RoomSeat> seat,
            Optional<CorrelationId> correlation);

    /**
     * Mints a ticket for a look-up without a name.
     *
     * @param identity who may enter
     * @param assignment the ownership in force
     * @param spec how the room was created
     * @param seat the seat that is kept for the user; empty if none is
     * @return the sealed ticket
     */
    default IssuedTicket issue(Identity identity, RoomAssignment assignment, RoomSpec spec, Optional<RoomSeat> seat) {
        return issue(identity, assignment, spec, seat, Optional.empty());
    }

    /**
     * Mints a ticket for a room whose seats are not counted, and a look-up without a name.
     *
     * @param identity who may enter
     * @param assignment the ownership in force
     * @param spec how the room was created
     * @return the sealed ticket
     */
    default IssuedTicket issue(Identity identity, RoomAssignment assignment, RoomSpec spec) {
        return issue(identity, assignment, spec, Optional.empty());
    }
}
