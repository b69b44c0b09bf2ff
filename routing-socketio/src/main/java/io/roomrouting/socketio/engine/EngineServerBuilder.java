package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import io.roomrouting.spi.ConnectionPermit;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/** Describes an {@link EngineServer}; everything has a default. Not thread-safe. */
public final class EngineServerBuilder {

    private final EngineAcceptor acceptor;
    private EngineSettings settings = EngineSettings.defaults();
    private TimeSource time = TimeSource.system();
    private RandomIds ids = new RandomIds(new SecureRandom());
    private Executor executor = ForkJoinPool.commonPool();
    private Function<String, ConnectionPermit> permits = address -> () -> {};

    EngineServerBuilder(EngineAcceptor acceptor) {
        this.acceptor = acceptor;
    }

    /**
     * Sets what it allows.
     *
     * @param value instead of {@link EngineSettings#defaults}
     * @return this
     */
    public EngineServerBuilder settings(EngineSettings value) {
        settings = value;
        return this;
    }

    /**
     * Bounds the clients of one address.
     *
     * @param value takes a place for the address of a new client, and throws a
     *     {@link io.roomrouting.RoutingException} if there is none, whose message the client is told (code 4); the place
     *     is given back when the session has ended. {@code host::permit} of a session host, for example. Must not block.
     * @return this
     */
    public EngineServerBuilder permits(Function<String, ConnectionPermit> value) {
        permits = value;
        return this;
    }

    /**
     * Sets what drives the heartbeat and the time-outs.
     *
     * @param value instead of {@link TimeSource#system}
     * @return this
     */
    public EngineServerBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets what names the sessions.
     *
     * @param value instead of ids from a {@link SecureRandom}
     * @return this
     */
    public EngineServerBuilder ids(RandomIds value) {
        ids = value;
        return this;
    }

    /**
     * Sets what runs those callbacks that come from a timer, or from the application's own calls.
     *
     * @param value instead of the common pool; where it refuses a task, the calling thread runs the callbacks
     * @return this
     */
    public EngineServerBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /**
     * Makes the server.
     *
     * @return without sessions
     */
    public EngineServer build() {
        Sessions sessions = new Sessions(time);
        EngineEnvironment environment = new EngineEnvironment(settings, time, executor);
        EngineServer server =
                new EngineServer(sessions, new Handshakes(acceptor, permits, ids, sessions, environment), settings);
        acceptor.serving(server);
        return server;
    }
}
