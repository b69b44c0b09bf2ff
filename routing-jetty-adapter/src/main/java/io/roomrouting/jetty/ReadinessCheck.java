package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.RoutingException;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.SessionHost;
import java.time.Duration;

/**
 * Says whether a server can do its work now. Called by several threads at once, where waiting is allowed.
 *
 * <p>A call that fails when its partner is out of reach is a good one: {@code hostRegistry::list}.
 */
@FunctionalInterface
public interface ReadinessCheck {

    /**
     * Looks whether a session host has a lease and takes new rooms. Never blocks.
     *
     * @param host the host
     * @return the check
     */
    static ReadinessCheck of(SessionHost host) {
        return () -> {
            HostStatus status = host.status();
            if (status.state() == HostState.DRAINING) {
                throw RoutingException.unavailable(
                        ErrorCode.HOST_DRAINING, "The host is about to stop", Duration.ofSeconds(1));
            }
            if (!status.ready()) {
                throw RoutingException.unavailable(
                        ErrorCode.REGISTRY_UNAVAILABLE, "The host has no lease from a registry", Duration.ofSeconds(1));
            }
        };
    }

    /**
     * Returns quietly when the server is ready.
     *
     * @throws io.roomrouting.RoutingException.Unavailable if it is not
     */
    void check();
}
