package io.roomrouting.internal;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.RoomReports;
import io.roomrouting.TimeSource;
import io.roomrouting.session.OutagePolicy;
import io.roomrouting.session.RoomStateStore;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.session.SessionListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@link LocalSessionHost} is told once.
 *
 * @param id the host's stable name
 * @param address where clients reach it
 * @param capacity what it takes at most
 * @param labels what placement may look at
 * @param limits what a client, a user and an address may take
 * @param outagePolicy what becomes of the sessions when the lease ends by silence
 * @param types room types by name
 * @param anyType the type of rooms whose type has no entry
 * @param time the clocks and timers
 * @param random makes the names of lives and sessions, and spreads delays; thread-safe
 * @param roomExecutor runs what does not run on a transport's thread; must not drop tasks
 * @param blockingExecutor runs calls of the registry
 * @param offloadExecutor runs what rooms offload
 * @param stateStore keeps the state of restorable rooms; null if nothing does
 * @param directory is told of rooms that have changed; null if nothing is
 * @param orderedDrainDeadline how long rooms may take when the registry wants the host to drain
 * @param listeners are told
 */
public record HostSettings(
        HostId id,
        HostAddress address,
        HostCapacity capacity,
        Map<String, String> labels,
        SessionLimits limits,
        OutagePolicy outagePolicy,
        Map<String, RoomType> types,
        @Nullable RoomType anyType,
        TimeSource time,
        RandomGenerator random,
        Executor roomExecutor,
        Executor blockingExecutor,
        Executor offloadExecutor,
        @Nullable RoomStateStore stateStore,
        @Nullable RoomReports directory,
        Duration orderedDrainDeadline,
        List<SessionListener> listeners) {

    /** Copies the collections. */
    public HostSettings {
        labels = Map.copyOf(labels);
        types = Map.copyOf(types);
        listeners = List.copyOf(listeners);
    }

    @Nullable RoomType typeOf(String name) {
        return types.getOrDefault(name, anyType);
    }
}
