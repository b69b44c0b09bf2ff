package io.roomrouting.session;

/** Why a session ended. The close codes that clients see are in {@link io.roomrouting.spi.CloseFrame}. */
public enum LeaveReason {
    /** The client said goodbye. */
    LEFT,
    /** The connection broke. */
    CONNECTION_LOST,
    /** The client did not answer a ping in time. */
    TIMED_OUT,
    /** The client broke the protocol too often. */
    PROTOCOL_ERROR,
    /** The client sent a message over the limit. */
    TOO_BIG,
    /** The client kept sending faster than allowed. */
    FLOODING,
    /** The client did not read fast enough, and its outbound queue was full. */
    SLOW_CONSUMER,
    /** The same user came again, and the room keeps the newest connection. */
    REPLACED,
    /** The room's code sent the client away. */
    KICKED,
    /** The room ended. */
    ROOM_CLOSED,
    /** The room lives on another host now. */
    MOVED,
    /** The host is about to stop. */
    HOST_DRAINING,
    /** The host stops now. */
    SERVER_STOPPING,
    /** The host cannot be sure any more that it owns the room. */
    LEASE_LOST,
    /** The room's code failed while the client joined. */
    FAILED
}
