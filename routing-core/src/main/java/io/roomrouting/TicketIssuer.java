package io.roomrouting;

/** Mints the short-lived ticket that binds user, room, host incarnation and epoch. Thread-safe; does not block. */
@FunctionalInterface
public interface TicketIssuer {

    /**
     * Mints a ticket with a fresh id that lives at most {@link Ticket#MAX_LIFE_SECONDS} seconds.
     *
     * @param identity who may enter
     * @param assignment the ownership in force
     * @param spec how the room was created
     * @return the sealed ticket
     */
    IssuedTicket issue(Identity identity, RoomAssignment assignment, RoomSpec spec);
}
