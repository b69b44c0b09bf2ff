package io.roomrouting.jetty;

/**
 * Says whether a server can do its work now. Called by several threads at once, where waiting is allowed.
 *
 * <p>A call that fails when its partner is out of reach is a good one: {@code hostRegistry::list}.
 */
@FunctionalInterface
public interface ReadinessCheck {

    /**
     * Returns quietly when the server is ready.
     *
     * @throws io.roomrouting.RoutingException.Unavailable if it is not
     */
    void check();
}
