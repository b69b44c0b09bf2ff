package io.roomrouting.benchmarks.socketio;

/** Where a carrier's news go. */
interface Inbound {

    /** The server has said something. */
    void packet(String packet);

    /** The server cannot be heard any more. */
    void lost(String why);
}
