/**
 * For people who put Engine.IO 4, the transport below Socket.IO, on a server of theirs: packets, payloads, sessions. The
 * rules are those of {@code docs/engine.io-protocol/v4-current.md} in the public repository {@code socketio/socket.io}.
 * Open {@link io.roomrouting.socketio.engine.EngineServer} first.
 *
 * <p>What clients can make grow has a bound: the sessions, the length of a message, and what waits in either direction of a
 * session in {@link io.roomrouting.socketio.engine.EngineSettings}; a body has at most 16,384 packets, a session one poll,
 * one request that brings something and one WebSocket that may take over; of 1,000 sessions that polled and have just ended
 * one more poll is expected, for two seconds.
 */
@NullMarked
package io.roomrouting.socketio.engine;

import org.jspecify.annotations.NullMarked;
