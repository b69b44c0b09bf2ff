package io.roomrouting.agones;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;

/** Describes an {@link AgonesHost}. Not thread-safe. */
public final class AgonesHostBuilder {

    final Sidecar sidecar;
    String counter = Fleet.DEFAULT_COUNTER;
    Duration healthInterval = Duration.ofSeconds(2);
    Duration upkeepInterval = Duration.ofSeconds(1);
    Duration unusedAfter = Duration.ofMinutes(3);
    Duration readyAfter = Duration.ofSeconds(30);
    Duration drainedAfter = Duration.ofSeconds(3);
    /** News of an allocation may come to the side-car later than the room's first client to the host, but not this late. */
    Duration shortAfter = Duration.ofSeconds(10);

    AgonesHostListener listener = AgonesHostListener.NONE;
    TimeSource time = TimeSource.system();

    AgonesHostBuilder(Sidecar sidecar) {
        this.sidecar = sidecar;
    }

    /**
     * Sets which counter counts rooms.
     *
     * @param value as in {@link Fleet#counter()}; {@code rooms} by default
     * @return this
     */
    public AgonesHostBuilder counter(String value) {
        counter = value;
        return this;
    }

    /**
     * Sets how often Agones gets a sign of life.
     *
     * @param value 10 ms to 1 minute, and less than half of {@code spec.health.periodSeconds}; 2 seconds by default
     * @return this
     */
    public AgonesHostBuilder healthInterval(Duration value) {
        healthInterval = value;
        return this;
    }

    /**
     * Sets how often the game server is compared with the host. A room that closes brings the next comparison within a
     * tenth of this.
     *
     * @param value 10 ms to 1 minute; 1 second by default
     * @return this
     */
    public AgonesHostBuilder upkeepInterval(Duration value) {
        upkeepInterval = value;
        return this;
    }

    /**
     * Sets how long an allocated place is kept for a room that does not come, before the room counter gives it back.
     *
     * @param value 10 ms to 1 day, longer than {@link io.roomrouting.InMemoryRegistryBuilder#unconfirmedClaimLife}; 3
     *     minutes by default
     * @return this
     */
    public AgonesHostBuilder unusedAfter(Duration value) {
        unusedAfter = value;
        return this;
    }

    /**
     * Sets how long an allocated game server stays allocated without a room, before it is ready again and the fleet may
     * be scaled down.
     *
     * @param value 10 ms to 1 day; 30 seconds by default
     * @return this
     */
    public AgonesHostBuilder readyAfter(Duration value) {
        readyAfter = value;
        return this;
    }

    /**
     * Sets how long a draining host must have been empty before its game server is shut down.
     *
     * @param value 10 ms to 1 day; 3 seconds by default
     * @return this
     */
    public AgonesHostBuilder drainedAfter(Duration value) {
        drainedAfter = value;
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param value the listener
     * @return this
     */
    public AgonesHostBuilder listener(AgonesHostListener value) {
        listener = value;
        return this;
    }

    AgonesHostBuilder shortAfter(Duration value) {
        shortAfter = value;
        return this;
    }

    /**
     * Checks the settings. Calls nobody and starts nothing.
     *
     * @return to be started with {@link AgonesHost#start}
     * @throws RoutingException.InvalidRequest if a setting is out of bounds
     */
    public AgonesHost build() {
        Fleet.checkCounter(counter);
        Duration minute = Duration.ofMinutes(1);
        Duration day = Duration.ofDays(1);
        check("healthInterval", healthInterval, minute);
        check("upkeepInterval", upkeepInterval, minute);
        check("unusedAfter", unusedAfter, day);
        check("readyAfter", readyAfter, day);
        check("drainedAfter", drainedAfter, day);
        return new AgonesHost(this);
    }

    private static void check(String setting, Duration value, Duration longest) {
        Duration shortest = Duration.ofMillis(10);
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw RoutingException.invalid(setting + " is " + value + ", but must be " + shortest + " to " + longest);
        }
    }
}
