package io.roomrouting.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.roomrouting.HostCapacity;
import io.roomrouting.RoutingListener;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionListener;

/**
 * Counts what routers and session hosts do, as meters of a Micrometer registry whose names begin with
 * {@code room.routing}. Every bound that turns somebody away has its counter.
 *
 * <pre>{@code
 * RoomMetrics metrics = RoomMetrics.in(registry);
 * SessionHost host = SessionHost.builder() … .listener(metrics.sessions()).start();
 * metrics.watch(host);
 * RoomRouter router = RoomRouter.builder() … .listener(metrics.routing()).build();
 * }</pre>
 *
 * <p>No meter is tagged with a user or a room: their number is not bounded. What is known beforehand is there from the
 * beginning, at zero, so that a first time is seen as a change. The listeners neither block nor lock; everything is
 * thread-safe.
 */
public final class RoomMetrics {

    private final MeterRegistry registry;
    private final Tags tags;

    private RoomMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Counts in a registry.
     *
     * @param registry where the meters are; not closed by this
     * @return the metrics
     */
    public static RoomMetrics in(MeterRegistry registry) {
        return new RoomMetrics(registry, Tags.empty());
    }

    /**
     * Tags all meters, for example with the host's name where several hosts share a registry.
     *
     * @param key the tag
     * @param value its value; one of few
     * @return metrics whose meters have this tag besides those that these have
     */
    public RoomMetrics tagged(String key, String value) {
        return new RoomMetrics(registry, tags.and(key, value));
    }

    /**
     * Counts what a session host does.
     *
     * @return to be given to {@link io.roomrouting.session.SessionHostBuilder#listener}; for one host, unless the sum over
     *     several is wanted
     */
    public SessionListener sessions() {
        return new SessionMeters(registry, tags);
    }

    /**
     * Counts what a router does.
     *
     * @return to be given to {@link io.roomrouting.RoomRouterBuilder#listener}
     */
    public RoutingListener routing() {
        return new RoutingMeters(registry, tags);
    }

    /**
     * Shows how a session host is doing: rooms, connections, whether it is ready and whether it drains. Asked only when
     * somebody reads the meters.
     *
     * @param host the host; kept as long as the registry
     */
    public void watch(SessionHost host) {
        HostGauges.of(host).bind(registry, tags);
    }

    /**
     * Shows what a session host takes at most, beside what {@link #watch(SessionHost)} shows.
     *
     * @param capacity as it was told to the host
     */
    public void limit(HostCapacity capacity) {
        HostGauges.of(capacity).bind(registry, tags);
    }
}
