package io.roomrouting.session;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostRegistry;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomReports;
import io.roomrouting.TimeSource;
import io.roomrouting.internal.Bounds;
import io.roomrouting.internal.HostSettings;
import io.roomrouting.internal.LocalSessionHost;
import io.roomrouting.internal.RoomType;
import io.roomrouting.internal.Threads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link SessionHost} and starts it. Not thread-safe.
 *
 * <p>Needed are an address, a registry or {@link #probed}, and at least one kind of room; everything else has a default.
 */
public final class SessionHostBuilder {

    private @Nullable HostId id;
    private @Nullable HostAddress address;
    private @Nullable RoomOwnership rooms;
    private @Nullable HostRegistry hosts;
    private @Nullable ProbedHost probed;
    private HostCapacity capacity = new HostCapacity(10_000, 20_000);
    private Map<String, String> labels = Map.of();
    private SessionLimits limits = SessionLimits.defaults();
    private OutagePolicy outagePolicy = OutagePolicy.STRICT;
    private final Map<String, RoomType> types = new HashMap<>();
    private @Nullable RoomType anyType;
    private TimeSource time = TimeSource.system();
    private RandomGenerator random = new SecureRandom();
    private @Nullable Executor roomExecutor;
    private @Nullable Executor blockingExecutor;
    private @Nullable Executor offloadExecutor;
    private @Nullable RoomStateStore stateStore;
    private @Nullable RoomReports directory;
    private Duration drainDeadline = Duration.ofMinutes(10);
    private final List<SessionListener> listeners = new ArrayList<>();

    SessionHostBuilder() {}

    /**
     * Names the host; by default it is called like its address.
     *
     * @param value the stable name
     * @return this
     */
    public SessionHostBuilder id(HostId value) {
        id = value;
        return this;
    }

    /**
     * Says where clients reach the host. Required.
     *
     * @param value the public address
     * @return this
     */
    public SessionHostBuilder address(HostAddress value) {
        address = value;
        return this;
    }

    /**
     * Makes the host join a registry by itself and keep its lease there.
     *
     * @param registry both halves of the registry
     * @param <R> the registry's type
     * @return this
     */
    public <R extends RoomOwnership & HostRegistry> SessionHostBuilder registry(R registry) {
        return registry(registry, registry);
    }

    /**
     * Makes the host join a registry by itself and keep its lease there.
     *
     * @param roomOwnership where rooms are confirmed and released
     * @param hostRegistry where the lease comes from
     * @return this
     */
    public SessionHostBuilder registry(RoomOwnership roomOwnership, HostRegistry hostRegistry) {
        rooms = roomOwnership;
        hosts = hostRegistry;
        return this;
    }

    /**
     * Makes the host wait for the probes of a backend that has it in a static list.
     *
     * @param value takes the probes; serves one host
     * @return this
     */
    public SessionHostBuilder probed(ProbedHost value) {
        probed = value;
        return this;
    }

    /**
     * Says what runs the rooms of every type that has no {@link #room} of its own.
     *
     * @param factory makes the handlers
     * @return this
     */
    public SessionHostBuilder rooms(RoomHandlerFactory factory) {
        return rooms(factory, RoomSettings.defaults());
    }

    /**
     * Says what runs the rooms of every type that has no {@link #room} of its own.
     *
     * @param factory makes the handlers
     * @param settings bounds and policies
     * @return this
     */
    public SessionHostBuilder rooms(RoomHandlerFactory factory, RoomSettings settings) {
        anyType = new RoomType(factory, settings);
        return this;
    }

    /**
     * Says what runs the rooms of one type.
     *
     * @param type the type, as in {@link io.roomrouting.RoomSpec#type()}
     * @param factory makes the handlers
     * @param settings bounds and policies
     * @return this
     */
    public SessionHostBuilder room(String type, RoomHandlerFactory factory, RoomSettings settings) {
        types.put(type, new RoomType(factory, settings));
        return this;
    }

    /**
     * Says what the host takes at most; by default 10,000 rooms and 20,000 connections.
     *
     * @param value the capacity
     * @return this
     */
    public SessionHostBuilder capacity(HostCapacity value) {
        capacity = value;
        return this;
    }

    /**
     * Labels the host for placement, for example with its {@code region} and {@code version}.
     *
     * @param value the labels, at most 16
     * @return this
     */
    public SessionHostBuilder labels(Map<String, String> value) {
        labels = Map.copyOf(value);
        return this;
    }

    /**
     * Says what one client, one user and one network address may take.
     *
     * @param value the limits
     * @return this
     */
    public SessionHostBuilder limits(SessionLimits value) {
        limits = value;
        return this;
    }

    /**
     * Says what becomes of the sessions when the registry is silent for so long that the lease ends; by default
     * {@link OutagePolicy#STRICT}.
     *
     * @param value the policy
     * @return this
     */
    public SessionHostBuilder outagePolicy(OutagePolicy value) {
        outagePolicy = value;
        return this;
    }

    /**
     * Sets the clock and the timers; for tests.
     *
     * @param value the time source
     * @return this
     */
    public SessionHostBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets what chance is made of: names of lives and sessions, spread delays. By default it cannot be guessed; for runs
     * that must replay.
     *
     * @param value thread-safe unless everything else runs on one thread
     * @return this
     */
    public SessionHostBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /**
     * Says what runs rooms when a transport's thread cannot; by default the common pool. A room's events otherwise run on
     * the thread that read them.
     *
     * @param value must not drop tasks
     * @return this
     */
    public SessionHostBuilder roomExecutor(Executor value) {
        roomExecutor = value;
        return this;
    }

    /**
     * Says what runs calls of the registry; by default virtual threads where the JDK has them, otherwise a growing pool.
     * The host's lease depends on it: give it nothing else to do.
     *
     * @param value must not drop tasks
     * @return this
     */
    public SessionHostBuilder blockingExecutor(Executor value) {
        blockingExecutor = value;
        return this;
    }

    /**
     * Says what runs {@link Room#offload}; by default virtual threads where the JDK has them, otherwise a growing pool.
     *
     * @param value refuses with {@link java.util.concurrent.RejectedExecutionException} when it has too much to do
     * @return this
     */
    public SessionHostBuilder offloadExecutor(Executor value) {
        offloadExecutor = value;
        return this;
    }

    /**
     * Says how long rooms may take to end when somebody marks the host as draining in the registry
     * ({@link HostRegistry#mark}); by default ten minutes. What is left is ended then. Until the mark is taken back, the
     * host takes no rooms.
     *
     * @param value zero to one day
     * @return this
     */
    public SessionHostBuilder drainDeadline(Duration value) {
        Bounds.check("drainDeadline", value, Duration.ZERO, Duration.ofDays(1));
        drainDeadline = value;
        return this;
    }

    /**
     * Sets where the state of {@link RestorableRoom}s is kept, so that it outlives the host; by default nowhere. All
     * hosts of a registry must share it.
     *
     * @param value the store; called on the blocking executor, 64 calls at a time
     * @return this
     */
    public SessionHostBuilder stateStore(RoomStateStore value) {
        stateStore = value;
        return this;
    }

    /**
     * Sets who is told, at most once a second, which of the rooms have changed for a lobby: clients, seats, lock, visibility,
     * metadata. By default nobody. Not for a {@link #probed} host, which tells its backend.
     *
     * @param value the directory of the registry that the host joins
     * @return this
     */
    public SessionHostBuilder directory(RoomReports value) {
        directory = value;
        return this;
    }

    /**
     * Adds somebody who is told what the host does; by default nobody is.
     *
     * @param value the listener; what it throws keeps nothing from the others
     * @return this
     */
    public SessionHostBuilder listener(SessionListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Starts the host. It admits clients as soon as it has a lease; {@link SessionHost#status()} tells.
     *
     * @return the running host
     * @throws IllegalStateException if something that is required is missing, or a probed host has a directory
     */
    public SessionHost start() {
        HostAddress at = required("address", address);
        if (types.isEmpty() && anyType == null) {
            throw new IllegalStateException("rooms or room: at least one kind of room is required");
        }
        HostSettings settings = new HostSettings(
                id != null ? id : HostId.of(at.authority()),
                at,
                capacity,
                labels,
                limits,
                outagePolicy,
                types,
                anyType,
                time,
                random,
                roomExecutor != null ? roomExecutor : ForkJoinPool.commonPool(),
                blockingExecutor != null ? blockingExecutor : Threads.blocking("room-routing-host"),
                offloadExecutor != null ? offloadExecutor : Threads.blocking("room-routing-offload"),
                stateStore,
                directory,
                drainDeadline,
                listeners);
        if (probed != null && directory != null) {
            throw new IllegalStateException("directory: a probed host reports to its backend, and to nobody else");
        }
        if (probed != null) {
            return LocalSessionHost.probed(settings, probed.desk());
        }
        return LocalSessionHost.joining(settings, required("registry", rooms), required("registry", hosts));
    }

    private static <T> T required(String setting, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(setting + " is required");
        }
        return value;
    }
}
