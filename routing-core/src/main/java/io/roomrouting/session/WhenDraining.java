package io.roomrouting.session;

/** What becomes of a room when its host is about to stop. */
public enum WhenDraining {
    /**
     * It ends here at once and goes on elsewhere: handed over if it is a {@link RestorableRoom} and its host has a
     * {@link RoomStateStore}, otherwise opened anew by the first client that looks it up.
     */
    MOVE,
    /**
     * It goes on, and takes clients with the tickets that they have, until it ends by itself or the time for draining is
     * over. For what cannot be moved, such as a match.
     */
    FINISH
}
