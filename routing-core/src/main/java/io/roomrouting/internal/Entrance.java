package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.session.SessionListener;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;

/**
 * How clients come to a host: within its limits, at its pace, each ticket once; and from here to their rooms. Thread-safe.
 */
final class Entrance {

    private static final int MAX_USED_TICKETS = 1_000_000;

    private final LocalSessionHost host;
    private final SessionListener listener;
    private final HostRooms rooms;
    private final Places places;
    private final AdmissionGovernor governor;
    private final UsedTickets usedTickets;

    Entrance(LocalSessionHost host, HostRooms rooms, HostSettings settings, SessionListener listener) {
        this.host = host;
        this.listener = listener;
        this.rooms = rooms;
        this.places = new Places(settings.capacity().connections(), settings.limits());
        this.governor = new AdmissionGovernor(
                settings.limits().admissionsPerSecond(),
                settings.limits().admissionBurst(),
                settings.time(),
                settings.random());
        this.usedTickets = new UsedTickets(settings.time(), MAX_USED_TICKETS);
    }

    /** Takes a place among the connections of an address. */
    ConnectionPermit permit(String remoteAddress) {
        try {
            if (host.isStopped()) {
                throw RoutingException.unavailable(
                        ErrorCode.OVERLOADED, "the host stops", LocalSessionHost.RECONNECT_SPREAD);
            }
            return places.permit(remoteAddress);
        } catch (RoutingException e) {
            listener.connectionRefused(e.code());
            throw e;
        }
    }

    /** Leads a client to its room, or refuses it. */
    ConnectionListener admit(Admission admission, Connection connection) {
        Link link = new Link(admission, connection, listener);
        Inbound inbound = new Inbound(host, link);
        try {
            rooms.livingLease(link.assignment());
            governor.admit();
            places.take(link);
            usedTickets.use(admission.ticket().id());
        } catch (RoutingException e) {
            link.refuse(e);
            return inbound;
        }
        rooms.place(link);
        return inbound;
    }

    void connectionEnded(Link link) {
        places.giveBack(link);
    }

    /** Counts the connections that were admitted and have not ended. */
    int taken() {
        return places.taken();
    }
}
