package io.roomrouting.benchmarks.socketio;

import io.roomrouting.RoutingException;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.ConnectionPermit;
import java.util.ArrayList;
import java.util.List;

/** The places that a host has for the clients' address, counted by taking those that are free. */
final class Places {

    /** How many there are; more than a run has clients. */
    static final int ALL = 20_000;

    private static final String ADDRESS = "127.0.0.1";

    private Places() {}

    /** How many are taken; while this is counted nobody else gets one. */
    static int taken(SessionHost host) {
        List<ConnectionPermit> free = new ArrayList<>();
        try {
            while (free.size() < ALL) {
                free.add(host.permit(ADDRESS));
            }
            return 0;
        } catch (RoutingException.Unavailable none) {
            return ALL - free.size();
        } finally {
            free.forEach(ConnectionPermit::close);
        }
    }
}
