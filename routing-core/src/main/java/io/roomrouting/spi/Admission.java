package io.roomrouting.spi;

import io.roomrouting.Ticket;
import java.util.Optional;

/**
 * A client's wish to enter a room, its ticket's seal already checked by the transport.
 *
 * @param ticket what the ticket says
 * @param remoteAddress the client's network address, for limits and logs
 * @param seat the seat that the client wants; empty if it does not want one that survives its connection
 */
public record Admission(Ticket ticket, String remoteAddress, Optional<SeatRequest> seat) {

    /**
     * Makes the wish of a client that is out when its connection ends.
     *
     * @param ticket what the ticket says
     * @param remoteAddress the client's network address
     */
    public Admission(Ticket ticket, String remoteAddress) {
        this(ticket, remoteAddress, Optional.empty());
    }
}
