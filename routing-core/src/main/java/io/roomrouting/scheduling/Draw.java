package io.roomrouting.scheduling;

import io.roomrouting.RoomId;
import io.roomrouting.internal.Hash64;

/** Chance that depends on the room and on nothing else, so that a decision can be repeated and explained. */
final class Draw {

    private Draw() {}

    /**
     * Draws a number for a room.
     *
     * @param purpose draws for different purposes have nothing to do with each other
     * @return more than 0 and less than 1, evenly spread
     */
    static double of(RoomId room, long purpose) {
        long bits = Hash64.mix(Hash64.of(room.value()) ^ purpose);
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
