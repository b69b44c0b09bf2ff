package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.RandomIds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Describes a {@link SocketServer}; everything but the namespaces has a default. Not thread-safe. */
public final class SocketServerBuilder {

    /** A namespace of rooms, whose format needs settings and mapper, which may still change. */
    private record Rooms(String namespace, SessionHost host, RoomAdmissions admissions, List<ConnectHook> hooks) {}

    private final Map<String, NamespaceHandler> handlers = new HashMap<>();
    private final List<Rooms> rooms = new ArrayList<>();
    private final List<SocketObserver> observers = new ArrayList<>();
    private Namespaces rule = name -> Optional.empty();
    private SocketSettings settings = SocketSettings.defaults();
    private ObjectMapper mapper = new ObjectMapper();
    private TimeSource time = TimeSource.system();
    private RandomIds ids = new RandomIds(new SecureRandom());
    private Function<EngineRequest, Optional<String>> allowRequest = request -> Optional.empty();

    SocketServerBuilder() {}

    /**
     * Adds a namespace.
     *
     * @param name begins with a slash; the main one is {@code /}
     * @param handler decides who enters it
     * @return this
     */
    public SocketServerBuilder namespace(String name, NamespaceHandler handler) {
        handlers.put(name, handler);
        return this;
    }

    /**
     * Adds a namespace whose clients are let into the rooms of a host, as {@link RoomNamespace} says.
     *
     * @param name begins with a slash; at most 48 characters
     * @param host where the rooms are
     * @param admissions says who may enter what
     * @param hooks asked before that
     * @return this
     */
    public SocketServerBuilder rooms(String name, SessionHost host, RoomAdmissions admissions, ConnectHook... hooks) {
        rooms.add(new Rooms(name, host, admissions, List.of(hooks)));
        return this;
    }

    /**
     * Adds namespaces by a rule.
     *
     * @param value asked about names that were not added one by one, and not found by an earlier rule
     * @return this
     */
    public SocketServerBuilder namespaces(Namespaces value) {
        rule = rule.or(value);
        return this;
    }

    /**
     * Sets what it allows.
     *
     * @param value instead of {@link SocketSettings#defaults}
     * @return this
     */
    public SocketServerBuilder settings(SocketSettings value) {
        settings = value;
        return this;
    }

    /**
     * Sets what reads and writes arguments.
     *
     * @param value instead of a plain one; not to be changed afterwards. What comes in is bounded before it is asked.
     * @return this
     */
    public SocketServerBuilder mapper(ObjectMapper value) {
        mapper = value;
        return this;
    }

    /**
     * Sets what drives the time-outs.
     *
     * @param value instead of {@link TimeSource#system}
     * @return this
     */
    public SocketServerBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets what names clients where nobody else does.
     *
     * @param value instead of ids from a {@link SecureRandom}
     * @return this
     */
    public SocketServerBuilder ids(RandomIds value) {
        ids = value;
        return this;
    }

    /**
     * Sets who may connect at all; the {@code allowRequest} of the reference implementation.
     *
     * @param value says why not, in words that the client is told (code 4), or empty; must not block
     * @return this
     */
    public SocketServerBuilder allowRequest(Function<EngineRequest, Optional<String>> value) {
        allowRequest = value;
        return this;
    }

    /**
     * Adds somebody who hears what happens to all clients.
     *
     * @param value told after those that were added before
     * @return this
     */
    public SocketServerBuilder observer(SocketObserver value) {
        observers.add(value);
        return this;
    }

    /**
     * Makes the server.
     *
     * @return to be given to {@link io.roomrouting.socketio.engine.EngineServer#builder}
     * @throws IllegalArgumentException if the name of a namespace does not begin with a slash
     */
    public SocketServer build() {
        Map<String, NamespaceHandler> all = new HashMap<>(handlers);
        for (Rooms one : rooms) {
            SocketWireFormat format = new SocketWireFormat(mapper, settings, one.namespace());
            all.put(
                    one.namespace(),
                    new RoomNamespace(one.host(), format, one.admissions())
                            .behind(one.hooks().toArray(ConnectHook[]::new)));
        }
        Watch watch = new Watch(observers, all.keySet());
        return new SocketServer(settings, Namespaces.of(all).or(rule), mapper, time, ids, allowRequest, watch);
    }
}
