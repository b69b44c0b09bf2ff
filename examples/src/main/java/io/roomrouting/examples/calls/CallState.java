package io.roomrouting.examples.calls;

/** Where a call stands. It goes from top to bottom, and between {@link #CONNECTING} and {@link #LIVE} both ways. */
enum CallState {
    /** All devices of the callee ring. */
    RINGING,
    /** A device has answered, and one of the two devices in the call has lost its connection to the room. */
    CONNECTING,
    /** A device has answered, and both devices are connected to the room. */
    LIVE,
    /** It is over, for a {@link EndReason}. */
    ENDED
}
