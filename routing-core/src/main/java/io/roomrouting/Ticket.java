package io.roomrouting;

import java.time.Instant;
import java.util.Optional;

/**
 * What a verified room ticket says: this user may enter this room, on this life of a host, under this epoch, once.
 *
 * @param id unique per ticket ({@code jti}), 1 to 64 characters
 * @param identity who may enter
 * @param assignment the ownership that the ticket is for
 * @param spec how the room was created
 * @param expiresAt when the ticket ends, by the issuer's clock
 * @param seat the seat that is kept for the user; empty if none is, because the room's seats are not counted
 * @param correlation what the look-up is called in the logs; empty if it has no name
 */
public record Ticket(
        String id,
        Identity identity,
        RoomAssignment assignment,
        RoomSpec spec,
        Instant expiresAt,
        Optional<RoomSeat> seat,
        Optional<CorrelationId> correlation) {

    /** The longest life of a ticket, in seconds. */
    public static final int MAX_LIFE_SECONDS = 60;

    /**
     * Checks the id.
     *
     * @throws RoutingException.InvalidRequest if the id is empty or longer than 64 characters
     */
    public Ticket {
        if (id.isEmpty() || id.length() > 64) {
            throw RoutingException.invalid("a ticket's id is 1 to 64 characters");
        }
    }

    /**
     * A ticket from a look-up without a name.
     *
     * @param id unique per ticket
     * @param identity who may enter
     * @param assignment the ownership that the ticket is for
     * @param spec how the room was created
     * @param expiresAt when the ticket ends
     * @param seat the seat that is kept for the user; empty if none is
     */
    public Ticket(
            String id,
            Identity identity,
            RoomAssignment assignment,
            RoomSpec spec,
            Instant expiresAt,
            Optional<RoomSeat> seat) {
        this(id, identity, assignment, spec, expiresAt, seat, Optional.empty());
    }

    /**
     * A ticket for a room whose seats are not counted, from a look-up without a name.
     *
     * @param id unique per ticket
     * @param identity who may enter
     * @param assignment the ownership that the ticket is for
     * @param spec how the room was created
     * @param expiresAt when the ticket ends
     */
    public Ticket(String id, Identity identity, RoomAssignment assignment, RoomSpec spec, Instant expiresAt) {
        this(id, identity, assignment, spec, expiresAt, Optional.empty());
    }
}
