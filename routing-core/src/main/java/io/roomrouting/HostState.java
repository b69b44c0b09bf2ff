package io.roomrouting;

/** What a living host can be used for. */
public enum HostState {
    /** Takes rooms and clients. */
    ACTIVE,
    /** Takes no rooms; rooms and tickets that it has are honoured. */
    DRAINING
}
