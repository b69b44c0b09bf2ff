package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.EngineCounts;
import java.util.Map;

/**
 * How a server is doing. Immutable.
 *
 * @param engine the connections, and what has happened on them; nothing while the server is given to no
 *     {@link io.roomrouting.socketio.engine.EngineServer}
 * @param namespaces how many clients are in each namespace. Those that were added by name are there also if nobody is in
 *     them, those that a rule knows only while somebody is.
 */
public record SocketCounts(EngineCounts engine, Map<String, Integer> namespaces) {

    /** Copies the map. */
    public SocketCounts {
        namespaces = Map.copyOf(namespaces);
    }
}
