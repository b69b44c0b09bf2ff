package io.roomrouting.socketio.admin;

/** How much an admin UI is shown. */
public enum AdminMode {

    /** Counts, every two seconds. Costs nothing for each message. */
    PRODUCTION,

    /**
     * Besides, every client with its address, and every event that it says or hears, with the arguments: not for what is
     * nobody's business. Costs as much as a UI is shown, while one is connected.
     */
    DEVELOPMENT
}
