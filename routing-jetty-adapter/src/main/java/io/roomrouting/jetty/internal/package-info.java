/**
 * For people who maintain this adapter: WebSocket (RFC 6455) on Jetty's end points, not exported. Open {@link
 * io.roomrouting.jetty.internal.WebSocketConnection} first.
 */
@NullMarked
package io.roomrouting.jetty.internal;

import org.jspecify.annotations.NullMarked;
