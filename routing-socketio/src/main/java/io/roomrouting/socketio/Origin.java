package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineRequest;

/**
 * Where a client in a namespace comes from.
 *
 * @param connection shared by all its namespaces
 * @param handshake the connection's first request
 * @param name the connection's public name
 */
record Origin(EngineConnection connection, EngineRequest handshake, String name) {}
