package io.roomrouting.agones;

import io.roomrouting.HostAddress;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Describes an {@link AgonesScheduler}. Not thread-safe. */
public final class AgonesSchedulerBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private @Nullable KubernetesApi kubernetes;
    private @Nullable Fleet fleet;
    private @Nullable HostLookup hosts;
    private UnaryOperator<HostAddress> clientAddress = UnaryOperator.identity();
    private Duration callTimeout = Duration.ofSeconds(3);
    private Duration capacityWait = Duration.ofSeconds(2);
    private Duration hostWait = Duration.ofSeconds(3);
    private TimeSource time = TimeSource.system();

    AgonesSchedulerBuilder() {}

    /**
     * Sets how to reach Kubernetes. Required.
     *
     * @param value usually {@link KubernetesApi#inCluster()}
     * @return this
     */
    public AgonesSchedulerBuilder kubernetes(KubernetesApi value) {
        kubernetes = value;
        return this;
    }

    /**
     * Sets which game servers are allocated. Required.
     *
     * @param value the fleet
     * @return this
     */
    public AgonesSchedulerBuilder fleet(Fleet value) {
        fleet = value;
        return this;
    }

    /**
     * Sets how the session host on a game server is found. Required.
     *
     * @param value {@link HostLookup#registered} or {@link HostLookup#probed}
     * @return this
     */
    public AgonesSchedulerBuilder hosts(HostLookup value) {
        hosts = value;
        return this;
    }

    /**
     * Sets how the address that Agones names becomes the one that clients get; by default it is the same, without TLS.
     *
     * @param value for example from an IP address to the name on the host's certificate
     * @return this
     */
    public AgonesSchedulerBuilder clientAddress(UnaryOperator<HostAddress> value) {
        clientAddress = value;
        return this;
    }

    /**
     * Sets how long one call of the Kubernetes API may take, within the request's deadline.
     *
     * @param value 10 ms to 1 minute; 3 seconds by default
     * @return this
     */
    public AgonesSchedulerBuilder callTimeout(Duration value) {
        callTimeout = value;
        return this;
    }

    /**
     * Sets how long to go on asking when no game server has room, for one to become free or ready.
     *
     * @param value 10 ms to 1 minute; 2 seconds by default
     * @return this
     */
    public AgonesSchedulerBuilder capacityWait(Duration value) {
        capacityWait = value;
        return this;
    }

    /**
     * Sets how long to wait for the host on an allocated game server before another is allocated.
     *
     * @param value 10 ms to 1 minute; 3 seconds by default
     * @return this
     */
    public AgonesSchedulerBuilder hostWait(Duration value) {
        hostWait = value;
        return this;
    }

    AgonesSchedulerBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Makes the scheduler. Reads the certificates; calls nobody.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if something that is required is missing
     * @throws RoutingException.InvalidRequest if a setting is out of bounds or the certificates cannot be read
     */
    public AgonesScheduler build() {
        return new AgonesScheduler(this);
    }

    AllocationApi api() {
        return new AllocationApi(required("kubernetes", kubernetes), required("fleet", fleet));
    }

    AllocationSearch.Settings settings() {
        return new AllocationSearch.Settings(
                required("fleet", fleet),
                required("hosts", hosts),
                clientAddress,
                new Complaints(time),
                checked("callTimeout", callTimeout),
                checked("capacityWait", capacityWait),
                checked("hostWait", hostWait),
                time);
    }

    private static Duration checked(String setting, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw RoutingException.invalid(setting + " is " + value + ", but must be " + SHORTEST + " to " + LONGEST);
        }
        return value;
    }

    private static <T> T required(String setting, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(setting + " is required");
        }
        return value;
    }
}
