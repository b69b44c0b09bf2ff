package io.roomrouting.hathora;

import io.roomrouting.spi.Backoff;
import java.time.Duration;

/** Describes a {@link HathoraScheduler}. Everything has a default. Not thread-safe. */
public final class HathoraSchedulerBuilder {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_SEARCHES = 10_000;

    final HathoraRooms rooms;
    final ProcessHosts hosts;
    HathoraRegion region = HathoraRegion.DALLAS;
    Duration validity = Duration.ofSeconds(10);
    Duration patience = Duration.ofSeconds(30);
    Backoff polls = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 1.5);
    int maxSearches = 256;

    HathoraSchedulerBuilder(HathoraRooms rooms, ProcessHosts hosts) {
        this.rooms = rooms;
        this.hosts = hosts;
    }

    /**
     * Sets where rooms run that have no wish, or one that is no region; by default in Dallas. A wish is a region's name or
     * where the client is, see {@link HathoraRegion#near}.
     *
     * @param value the region
     * @return this
     */
    public HathoraSchedulerBuilder region(HathoraRegion value) {
        region = value;
        return this;
    }

    /**
     * Sets how long Hathora's word for a room's place holds; by default 10 s. The longer, the longer clients are led to a
     * process that has died; the shorter, the more often Hathora is asked.
     *
     * @param value 10 ms to 1 day
     * @return this
     */
    public HathoraSchedulerBuilder validity(Duration value) {
        validity = value;
        return this;
    }

    /**
     * Sets how long to wait for a room's process; by default 30 s. A request's own deadline may be earlier.
     *
     * @param value 10 ms to 1 day
     * @return this
     */
    public HathoraSchedulerBuilder patience(Duration value) {
        patience = value;
        return this;
    }

    /**
     * Sets how often Hathora is asked whether a process runs; by default after 100 ms, growing to once a second.
     *
     * @param first the first wait, 1 ms or more
     * @param longest the longest, not shorter than the first
     * @return this
     */
    public HathoraSchedulerBuilder polling(Duration first, Duration longest) {
        polls = new Backoff(first, longest, polls.growth());
        return this;
    }

    /**
     * Sets for how many rooms at a time Hathora is asked; by default 256. Each takes a thread while it is looked for; who asks
     * for one more is told {@link io.roomrouting.ErrorCode#OVERLOADED}.
     *
     * @param value 1 to 10,000
     * @return this
     */
    public HathoraSchedulerBuilder maxSearches(int value) {
        maxSearches = value;
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public HathoraScheduler build() {
        check("validity", validity, Duration.ofMillis(10), DAY);
        check("patience", patience, Duration.ofMillis(10), DAY);
        check("polling, first", polls.first(), Duration.ofMillis(1), DAY);
        check("polling, longest", polls.longest(), polls.first(), DAY);
        if (maxSearches < 1 || maxSearches > MOST_SEARCHES) {
            throw new IllegalArgumentException("maxSearches = " + maxSearches + " is not within 1 to " + MOST_SEARCHES);
        }
        return new HathoraScheduler(this);
    }

    private static void check(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }
}
