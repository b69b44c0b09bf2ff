package io.roomrouting.internal;

/** How far a room has come on this host; it only ever goes forward. */
enum RoomState {
    OPENING,
    OPEN,
    /** The last snapshot has been taken and nothing happens here any more; clients are still connected. */
    MOVING,
    /** The handler has ended; the release is on its way. */
    CLOSING,
    CLOSED
}
