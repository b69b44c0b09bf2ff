/** For people who want a Socket.IO server of their own. Open {@link io.roomrouting.examples.socketio.TwentyLines} first. */
@NullMarked
package io.roomrouting.examples.socketio;

import org.jspecify.annotations.NullMarked;
