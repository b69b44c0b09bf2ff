package io.roomrouting.hathora;

import io.roomrouting.RoomId;
import java.util.Optional;

/**
 * What Hathora says of a room.
 *
 * @param room the room
 * @param status how far it is
 * @param config the text that it was created with, if Hathora tells
 */
public record HathoraRoom(RoomId room, Status status, Optional<String> config) {

    /** How far a room is. */
    public enum Status {
        /** A process is looked for, or started. */
        SCHEDULING,
        /** It is on a process. */
        ACTIVE,
        /** It has ended. */
        DESTROYED
    }
}
