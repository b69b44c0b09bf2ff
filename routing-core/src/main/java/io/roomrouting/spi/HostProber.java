package io.roomrouting.spi;

import io.roomrouting.HostAddress;
import java.time.Duration;

/** Asks a host of a static list how it is. Thread-safe; blocks until the reply or the time-out. */
@FunctionalInterface
public interface HostProber {

    /**
     * Sends a probe.
     *
     * @param host where to
     * @param request what to say
     * @param timeout how long to wait for the reply
     * @return the reply
     * @throws io.roomrouting.RoutingException.Unavailable if the host does not answer in time
     * @throws io.roomrouting.RoutingException.Forbidden if the host belongs to another registry or refuses the
     *     credentials
     */
    ProbeReply probe(HostAddress host, ProbeRequest request, Duration timeout);
}
