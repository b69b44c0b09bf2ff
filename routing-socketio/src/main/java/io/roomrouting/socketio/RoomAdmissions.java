package io.roomrouting.socketio;

import io.roomrouting.spi.Admission;

/** Finds out which room a client wants to enter, and as whom, from what it shows. Thread-safe; does not block. */
@FunctionalInterface
public interface RoomAdmissions {

    /**
     * Reads a client's wish, for example by verifying the room ticket in {@code auth}.
     *
     * @param request what the client shows
     * @return the verified wish, without a seat
     * @throws io.roomrouting.RoutingException if it is not acceptable; the client is told why
     */
    Admission admission(ConnectRequest request);
}
