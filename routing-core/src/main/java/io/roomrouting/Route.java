package io.roomrouting;

import java.time.Instant;

/**
 * The answer to "where is this room": connect there, with this ticket, before it expires.
 *
 * @param room the room
 * @param address the host that owns it
 * @param ticket opens the room once on that host; a secret, left out of {@link #toString()}
 * @param expiresAt when the ticket ends, by the issuer's clock
 */
public record Route(RoomId room, HostAddress address, String ticket, Instant expiresAt) {

    /**
     * Returns the WebSocket URL of the host.
     *
     * @return for example {@code ws://localhost:8000}
     */
    public String url() {
        return address.url();
    }

    @Override
    public String toString() {
        return "Route[room=" + room + ", address=" + address + ", ticket=<redacted>, expiresAt=" + expiresAt + "]";
    }
}
