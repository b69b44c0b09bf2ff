package io.roomrouting.agones;

import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the game server of this process in step with its session host, by way of the {@link Sidecar}.
 *
 * <ul>
 *   <li>Agones gets signs of life for as long as this runs.
 *   <li>The game server is ready when the host first is; allocated while it has rooms or places taken for some; ready again
 *       when it has had none for a while.
 *   <li>The room counter goes down when a room ends, and when a place was taken for a room that does not come.
 *   <li>A draining host gets no allocations, and its game server is shut down when it is empty.
 * </ul>
 *
 * <p>Make one, give its {@link #sessionListener} to the host's builder, start the host, then {@link #start} this with it.
 * Two daemon threads talk to the side-car, one for the signs of life and one for the rest; of the methods only
 * {@link #shutDown} waits. What fails is reported to the {@link AgonesHostListener} and tried again. Thread-safe.
 */
public final class AgonesHost implements AutoCloseable {

    private static final int REST_SHARE = 10;

    private final AgonesHostBuilder settings;
    private final Rhythm health;
    private final RoomTurnover turnover;
    private final AtomicReference<@Nullable Rhythm> upkeep = new AtomicReference<>();

    AgonesHost(AgonesHostBuilder settings) {
        this.settings = settings;
        this.turnover = new RoomTurnover(this::wake);
        this.health = rhythm(
                "health report", settings.sidecar::health, settings.healthInterval, settings.listener::healthMissed);
    }

    /**
     * Starts to describe one.
     *
     * @param sidecar of this process; not closed by this
     * @return a builder
     */
    public static AgonesHostBuilder builder(Sidecar sidecar) {
        return new AgonesHostBuilder(sidecar);
    }

    /**
     * Returns what must be told of the host's rooms.
     *
     * @return for {@link io.roomrouting.session.SessionHostBuilder#listener}, beside other listeners
     */
    public SessionListener sessionListener() {
        return turnover;
    }

    /**
     * Begins to give signs of life and to keep the game server in step. Does not wait.
     *
     * @param host the session host of this process, started
     * @throws IllegalStateException if it was started before
     */
    public void start(SessionHost host) {
        Upkeep compare = new Upkeep(settings, host, turnover);
        Rhythm fresh = rhythm("upkeep", compare, settings.upkeepInterval, settings.listener::upkeepFailed);
        if (!upkeep.compareAndSet(null, fresh)) {
            throw new IllegalStateException("an AgonesHost is started once");
        }
        health.start();
        fresh.start();
    }

    /**
     * Ends this process's part: drains the host, closes it, and lets Agones remove the game server. For a shutdown hook,
     * since Kubernetes ends a pod with a signal; {@code terminationGracePeriodSeconds} must be longer than this takes.
     * Blocks as {@link SessionHost#drain(Duration)} and {@link SessionHost#close} do, and for one call of the side-car.
     *
     * @param host the session host of this process
     * @param spread over how long the clients' delays are spread
     * @return whether the host was empty in time
     * @throws IOException if the side-car does not take the shutdown; the host is closed all the same, and Agones notices
     *     the end of this process
     */
    public boolean shutDown(SessionHost host, Duration spread) throws IOException {
        wake();
        boolean isEmpty = host.drain(spread);
        host.close();
        try {
            settings.sidecar.shutdown();
        } finally {
            close();
        }
        return isEmpty;
    }

    /** Stops giving signs of life, and changes nothing else. Agones takes this process for dead soon after. */
    @Override
    public void close() {
        health.close();
        Rhythm current = upkeep.get();
        if (current != null) {
            current.close();
        }
    }

    private void wake() {
        Rhythm current = upkeep.get();
        if (current != null) {
            current.wake();
        }
    }

    private Rhythm rhythm(String what, Rhythm.Beat beat, Duration interval, Rhythm.Failures failures) {
        return new Rhythm(what, beat, interval, interval.dividedBy(REST_SHARE), settings.time, failures);
    }
}
