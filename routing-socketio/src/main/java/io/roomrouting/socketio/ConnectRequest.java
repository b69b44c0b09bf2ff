package io.roomrouting.socketio;

import io.roomrouting.CorrelationId;
import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.EngineRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A client's wish to enter a namespace. Immutable.
 *
 * @param namespace begins with a slash
 * @param auth what the client shows for it, an object; an empty one if it shows nothing, as in the reference
 *     implementation
 * @param handshake the first request of its connection
 * @param attributes what hooks have found out, for later hooks and the handler; empty at first
 */
public record ConnectRequest(String namespace, Payload auth, EngineRequest handshake, Map<String, Object> attributes) {

    /** Copies the attributes. */
    public ConnectRequest {
        attributes = Map.copyOf(attributes);
    }

    /**
     * Adds an attribute.
     *
     * @param name the application's choice
     * @param value replaces an earlier one of that name
     * @return a changed copy
     */
    public ConnectRequest with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(attributes);
        more.put(name, value);
        return new ConnectRequest(namespace, auth, handshake, more);
    }

    /**
     * Returns an attribute.
     *
     * @param name its name
     * @param type what it is
     * @return empty if there is none
     * @throws ClassCastException if it is something else
     */
    public <T> Optional<T> attribute(String name, Class<T> type) {
        return Optional.ofNullable(attributes.get(name)).map(type::cast);
    }

    /**
     * Returns what the handshake is called in the logs, for {@link io.roomrouting.RoomRouter#correlated}.
     *
     * @return what the server calls it, or the client; empty if neither does
     */
    public Optional<CorrelationId> correlation() {
        return CorrelationId.inRequest(
                name -> Optional.ofNullable(handshake.headers().get(name.toLowerCase(Locale.ROOT))));
    }

    /** Keeps credentials, and what was found out from them, out of logs. */
    @Override
    public String toString() {
        return "ConnectRequest[namespace=" + namespace + ", auth=***, handshake=" + handshake + ", attributes="
                + attributes.keySet() + "]";
    }
}
