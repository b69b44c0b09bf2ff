/**
 * For people who put Engine.IO 4, the transport below Socket.IO, on a server of theirs: packets, payloads, sessions. The
 * rules are those of {@code docs/engine.io-protocol/v4-current.md} in the public repository {@code socketio/socket.io}.
 * Open {@link io.roomrouting.socketio.engine.EngineServer} first.
 */
@NullMarked
package io.roomrouting.socketio.engine;

import org.jspecify.annotations.NullMarked;
