package io.roomrouting.jetty.internal;

import java.time.Duration;

/**
 * The bounds of a WebSocket.
 *
 * @param maxMessageBytes the largest message that a client may send
 * @param maxOutboundBytes how much may wait for a client that does not read
 * @param closeTimeout how long a closing connection may take
 */
public record ConnectionBounds(int maxMessageBytes, int maxOutboundBytes, Duration closeTimeout) {}
