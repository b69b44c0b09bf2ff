/**
 * For people whose clients speak Socket.IO 5. The rules are those of {@code docs/socket.io-protocol/v5-current.md} in the
 * public repository {@code socketio/socket.io}. Open {@link io.roomrouting.socketio.SocketServer} first.
 */
@NullMarked
package io.roomrouting.socketio;

import org.jspecify.annotations.NullMarked;
