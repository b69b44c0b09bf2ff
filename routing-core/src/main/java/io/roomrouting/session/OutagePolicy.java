package io.roomrouting.session;

/** What a session host does with the sessions it has when the registry is silent for so long that the lease ends. */
public enum OutagePolicy {
    /**
     * The host closes its rooms before the registry may give them to somebody else. At no moment do two hosts serve one
     * room.
     */
    STRICT,

    /**
     * The host goes on serving the sessions that it has. Without a lease it admits nobody and commits nothing: it opens,
     * saves and releases no room, and is not ready. When the registry answers again and grants the lease, all goes on;
     * when it has given the rooms away, the host closes them at once. So it does, before it serves anything, when the
     * process itself was paused for longer than a third of the lease.
     *
     * <p>The price: while the registry is out of this host's reach only, it may give a room to another host, and newcomers
     * meet there while the former clients still talk here. What those say here after the lease ended is lost for the room
     * there. For rooms where talking on matters more than that.
     */
    AVAILABLE
}
