package io.roomrouting.hathora;

import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.Scheduler;

/**
 * Places rooms where Hathora runs them, and has it start processes on demand.
 *
 * <p>A placement is Hathora's word, and holds for a short while ({@link HathoraSchedulerBuilder#validity}); the next look-up
 * after that asks again. A room that Hathora does not know is made, one that starts is waited for: until the request's
 * deadline, but no longer than {@link HathoraSchedulerBuilder#patience}; then the answer is
 * {@link io.roomrouting.ErrorCode#NO_CAPACITY} with a hint when to come back, while the process goes on starting. However
 * many wait for a room, Hathora is asked for it by one of them at a time, and who is cancelled takes nothing from the others.
 *
 * <p>Thread-safe; blocks. Nothing is told as "not found" here: whether a room exists is for the registry to say, see
 * {@link HathoraRoomRegistry}.
 */
public final class HathoraScheduler implements Scheduler, AutoCloseable {

    private final SharedSearches searches;

    HathoraScheduler(HathoraSchedulerBuilder builder) {
        this.searches = new SharedSearches(builder);
    }

    /**
     * Starts to describe a scheduler.
     *
     * @param rooms the application at Hathora; stays open when the scheduler is closed
     * @param hosts says which host answers where
     * @return a builder
     */
    public static HathoraSchedulerBuilder builder(HathoraRooms rooms, ProcessHosts hosts) {
        return new HathoraSchedulerBuilder(rooms, hosts);
    }

    @Override
    public Placement place(PlacementRequest request) {
        return searches.find(request);
    }

    /** Ends the searches under way; whoever waits for one is told that the scheduler is unavailable. */
    @Override
    public void close() {
        searches.close();
    }
}
