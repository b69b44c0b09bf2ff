package io.roomrouting.session;

/** Why a room ended on this host. */
public enum CloseReason {
    /** Nobody was in it for a while; it can be opened again. */
    IDLE,
    /** Its own code closed it for good. */
    CLOSED,
    /** The host is about to stop; it can be opened elsewhere. */
    HOST_DRAINING,
    /** Its state and its sessions went to another host, where they go on. */
    HANDED_OVER,
    /** The host stops now; it can be opened elsewhere. */
    SERVER_STOPPING,
    /** The host cannot be sure any more that it owns the room: whatever is written now may be refused. */
    LEASE_LOST,
    /** The registry says that the room lives elsewhere. */
    MOVED
}
