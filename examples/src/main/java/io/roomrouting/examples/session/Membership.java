package io.roomrouting.examples.session;

import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.jetty.HostProbeHandler;
import io.roomrouting.jetty.SessionServer;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Optional;

/** How a session server belongs to a fleet: it joins the registry, or a backend has it in its list and probes it. */
final class Membership {

    private final Optional<FleetRegistry> registry;
    private final ProbedHost probes = new ProbedHost();

    Membership(Optional<FleetRegistry> registry) {
        this.registry = registry;
    }

    /** Says where the host's lease comes from. */
    void describe(SessionHostBuilder host) {
        registry.ifPresentOrElse(
                fleet -> host.registry(fleet.rooms(), fleet.hosts()).directory(fleet.directory()),
                () -> host.probed(probes));
    }

    /** Puts beside the clients' endpoint what a backend needs. */
    void serve(SessionServer.Builder server, JwtVerifier tokens) {
        if (registry.isEmpty()) {
            server.with(new HostProbeHandler(tokens.control(), probes::onProbe));
        }
    }
}
