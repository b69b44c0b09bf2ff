package io.roomrouting.socketio;

import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.EngineRequest;

/**
 * A client's wish to enter a namespace.
 *
 * @param namespace begins with a slash
 * @param auth what the client shows for it, an object; an empty one if it shows nothing, as in the reference
 *     implementation
 * @param handshake the first request of its connection
 */
public record ConnectRequest(String namespace, Payload auth, EngineRequest handshake) {

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "ConnectRequest[namespace=" + namespace + ", auth=***, handshake=" + handshake + "]";
    }
}
