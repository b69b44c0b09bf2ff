package io.roomrouting.session;

import io.roomrouting.internal.ProbeDesk;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;

/**
 * The ear of a session host that is in a backend's static list and calls nobody: the backend's probes bring the lease,
 * the replies tell the backend what it needs to know.
 *
 * <p>Make one, give it to {@link SessionHostBuilder#probed}, and pass every probe of an authenticated backend to
 * {@link #onProbe}. Thread-safe.
 */
public final class ProbedHost {

    private final ProbeDesk desk = new ProbeDesk();

    /** Makes one for a host that is about to start. */
    public ProbedHost() {}

    /**
     * Takes a probe. Does not block.
     *
     * @param request from a backend whose credentials have been checked
     * @return what to answer
     * @throws io.roomrouting.RoutingException.Forbidden if the host serves another registry at the moment, or has not
     *     been started
     */
    public ProbeReply onProbe(ProbeRequest request) {
        return desk.onProbe(request);
    }

    ProbeDesk desk() {
        return desk;
    }
}
