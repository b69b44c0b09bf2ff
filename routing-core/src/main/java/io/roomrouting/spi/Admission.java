package io.roomrouting.spi;

import io.roomrouting.Ticket;

/**
 * A client's wish to enter a room, its ticket's seal already checked by the transport.
 *
 * @param ticket what the ticket says
 * @param remoteAddress the client's network address, for limits and logs
 */
public record Admission(Ticket ticket, String remoteAddress) {}
