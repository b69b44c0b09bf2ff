/**
 * For people whose clients speak Socket.IO 5. The rules are those of {@code docs/socket.io-protocol/v5-current.md} in the
 * public repository {@code socketio/socket.io}. Open {@link io.roomrouting.socketio.SocketServer} first.
 *
 * <p>What a client can make grow has a bound: its namespaces, the answers that are awaited of it and the attachments of a
 * packet in {@link io.roomrouting.socketio.SocketSettings}; the nesting, tokens, names and numbers of its JSON (100 deep,
 * 100,000, 1,024 characters, 100 digits); what is kept for its way back in
 * {@link io.roomrouting.session.RoomSettings#resumeMessages}; all else in
 * {@link io.roomrouting.socketio.engine.EngineSettings}.
 */
@NullMarked
package io.roomrouting.socketio;

import org.jspecify.annotations.NullMarked;
