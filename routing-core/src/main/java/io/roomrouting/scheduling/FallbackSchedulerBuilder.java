package io.roomrouting.scheduling;

import io.roomrouting.Scheduler;
import io.roomrouting.TimeSource;
import io.roomrouting.internal.Bounds;
import io.roomrouting.spi.CircuitBreaker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a {@link FallbackScheduler}. Not thread-safe. */
public final class FallbackSchedulerBuilder {

    private static final int MAX_SCHEDULERS = 16;

    TimeSource time = TimeSource.system();
    Duration loyalty = Duration.ofSeconds(30);
    private final Map<String, Scheduler> schedulers = new LinkedHashMap<>();
    private int failures = 3;
    private Duration openTime = Duration.ofSeconds(5);

    FallbackSchedulerBuilder() {}

    /**
     * Adds a scheduler, which is asked after those that were added before.
     *
     * @param name what callers and operators are told of it, for example {@code own fleet}; each once
     * @param scheduler places rooms
     * @return this
     * @throws IllegalArgumentException if the name is taken
     */
    public FallbackSchedulerBuilder then(String name, Scheduler scheduler) {
        if (schedulers.putIfAbsent(name, scheduler) != null) {
            throw new IllegalArgumentException("there is a scheduler called " + name + " already");
        }
        return this;
    }

    /**
     * Sets when a scheduler that is out of reach is passed over; by default for 5 s after 3 failures in a row. After that one
     * caller asks it again.
     *
     * @param failuresInARow 1 to 1,000
     * @param passedOverFor 10 ms to 1 h
     * @return this
     */
    public FallbackSchedulerBuilder circuit(int failuresInARow, Duration passedOverFor) {
        failures = failuresInARow;
        openTime = passedOverFor;
        return this;
    }

    /**
     * Sets how long after its last answer a room waits for its scheduler, before another may place it; by default 30 s.
     * Matters to placements with a {@link io.roomrouting.Placement#validity} only.
     *
     * @param value zero to 1 h
     * @return this
     */
    public FallbackSchedulerBuilder loyalty(Duration value) {
        loyalty = value;
        return this;
    }

    /**
     * Sets the clock; by default the machine's.
     *
     * @param value the clock
     * @return this
     */
    public FallbackSchedulerBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Makes the chain.
     *
     * @return the scheduler
     * @throws IllegalArgumentException if a setting is out of bounds, or there is no scheduler
     */
    public FallbackScheduler build() {
        Bounds.check("number of schedulers", schedulers.size(), 1, MAX_SCHEDULERS);
        Bounds.check("failuresInARow", failures, 1, 1_000);
        Bounds.check("passedOverFor", openTime, Duration.ofMillis(10), Duration.ofHours(1));
        Bounds.check("loyalty", loyalty, Duration.ZERO, Duration.ofHours(1));
        return new FallbackScheduler(this);
    }

    List<FallbackProvider> providers() {
        return schedulers.entrySet().stream()
                .map(entry -> new FallbackProvider(
                        entry.getKey(), entry.getValue(), new CircuitBreaker(time, failures, openTime)))
                .toList();
    }
}
