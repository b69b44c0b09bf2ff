package io.roomrouting.scheduling;

import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.TimeSource;
import io.roomrouting.internal.Bounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Describes a {@link FleetScheduler}. Everything but the registry has a default. Not thread-safe. */
public final class FleetSchedulerBuilder {

    final HostRegistry registry;
    TimeSource time = TimeSource.system();
    Duration maxListAge = Duration.ofSeconds(1);
    Duration outageTolerance = Duration.ofSeconds(10);
    private PlacementStrategy strategy = PlacementStrategies.powerOfTwo();
    private final Map<String, String> required = new HashMap<>();
    private final Map<String, Map<String, String>> requiredByType = new HashMap<>();
    private boolean prefersRegion = true;
    private UnaryOperator<PlacementStrategy> canary = UnaryOperator.identity();
    private Duration warmUp = Duration.ofSeconds(30);

    FleetSchedulerBuilder(HostRegistry registry) {
        this.registry = registry;
    }

    /**
     * Sets what chooses among the hosts that fit; by default {@link PlacementStrategies#powerOfTwo()}, which stays even when
     * many backends decide by slightly old numbers.
     *
     * @param value the strategy
     * @return this
     */
    public FleetSchedulerBuilder strategy(PlacementStrategy value) {
        strategy = value;
        return this;
    }

    /**
     * Makes all rooms need a label. May be called for several.
     *
     * @param label its name
     * @param value what the host's must be
     * @return this
     */
    public FleetSchedulerBuilder requireLabel(String label, String value) {
        required.put(label, value);
        return this;
    }

    /**
     * Makes the rooms of one type need a label. May be called for several.
     *
     * @param roomType as in {@link io.roomrouting.RoomSpec#type()}
     * @param label its name
     * @param value what the host's must be
     * @return this
     */
    public FleetSchedulerBuilder requireLabelFor(String roomType, String label, String value) {
        requiredByType.computeIfAbsent(roomType, type -> new HashMap<>()).put(label, value);
        return this;
    }

    /**
     * Sets whether a room goes to a host of its region if one can take it; by default yes. Where the region must not be left
     * at all, require the label {@value HostSnapshot#REGION}.
     *
     * @param value whether the region counts
     * @return this
     */
    public FleetSchedulerBuilder preferRegion(boolean value) {
        prefersRegion = value;
        return this;
    }

    /**
     * Sends a share of the rooms to hosts of a new version, and no others; by default there is none. In a region that has no
     * host of that version the share stays with the other hosts there. See {@link PlacementStrategies#canary}.
     *
     * @param version their label {@value HostSnapshot#VERSION}
     * @param share 0 to 1
     * @return this
     * @throws IllegalArgumentException if the share is out of bounds
     */
    public FleetSchedulerBuilder canary(String version, double share) {
        Bounds.check("canary share", share, 0.0, 1.0);
        canary = within -> PlacementStrategies.canary(version, share, within);
        return this;
    }

    /**
     * Sets how long it takes until a host that has joined gets as many rooms as any other; by default 30 s. See
     * {@link PlacementStrategies#warmingUp}.
     *
     * @param value zero to 1 h
     * @return this
     */
    public FleetSchedulerBuilder warmUp(Duration value) {
        warmUp = value;
        return this;
    }

    /**
     * Sets how old the list of hosts may be before it is made anew; by default 1 s. Making it costs the registry a look at
     * every host.
     *
     * @param value 1 ms to 1 min
     * @return this
     */
    public FleetSchedulerBuilder maxListAge(Duration value) {
        maxListAge = value;
        return this;
    }

    /**
     * Sets how old the list of hosts may be when no new one can be made; by default 10 s. Longer than a lease makes little
     * sense, because by then any host may have died.
     *
     * @param value {@link #maxListAge} to 1 h
     * @return this
     */
    public FleetSchedulerBuilder outageTolerance(Duration value) {
        outageTolerance = value;
        return this;
    }

    /**
     * Sets the clock by which the list grows old; by default the machine's.
     *
     * @param value the clock
     * @return this
     */
    public FleetSchedulerBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Makes the scheduler. Touches nothing; the first placement lists the hosts.
     *
     * @return the scheduler
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public FleetScheduler build() {
        Bounds.check("warmUp", warmUp, Duration.ZERO, Duration.ofHours(1));
        Bounds.check("maxListAge", maxListAge, Duration.ofMillis(1), Duration.ofMinutes(1));
        Bounds.check("outageTolerance", outageTolerance, maxListAge, Duration.ofHours(1));
        return new FleetScheduler(this);
    }

    /** From the inside out: the strategy chooses among hosts that are old enough, of the right version, near, and fit. */
    PlacementStrategy composed() {
        PlacementStrategy grown = warmUp.isZero() ? strategy : PlacementStrategies.warmingUp(warmUp, strategy);
        PlacementStrategy ofVersion = canary.apply(grown);
        PlacementStrategy near = prefersRegion ? PlacementStrategies.regionAware(ofVersion) : ofVersion;
        PlacementStrategy fitting = required.isEmpty() ? near : PlacementStrategies.labelled(required, near);
        return requiredByType.isEmpty() ? fitting : PlacementStrategies.labelledByType(requiredByType, fitting);
    }
}
