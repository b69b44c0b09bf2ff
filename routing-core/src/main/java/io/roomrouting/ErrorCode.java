package io.roomrouting;

/**
 * The stable, machine-readable name of every refusal, the same over HTTP, WebSocket, Socket.IO and in Java. Names are
 * only ever added.
 */
public enum ErrorCode {
    /** No credentials, or credentials that are not valid: log in again. */
    UNAUTHENTICATED,
    /** Known, but not allowed: do not retry. */
    FORBIDDEN,
    /** The room ticket's time is over: look the room up again. */
    TICKET_EXPIRED,
    /** The room ticket has been used: look the room up again. */
    TICKET_USED,
    /** The room ticket is for another host, or another life of this host: look the room up again. */
    TICKET_WRONG_HOST,
    /** No such room, or it has expired. */
    ROOM_NOT_FOUND,
    /** The room has as many clients as it takes. */
    ROOM_FULL,
    /** The room takes no newcomers. */
    ROOM_LOCKED,
    /** The room has ended. */
    ROOM_CLOSED,
    /** This host does not own the room, or no longer: look the room up again. */
    NOT_OWNER,
    /** The host takes no new rooms because it is about to stop: look the room up again. */
    HOST_DRAINING,
    /** No host has room for it: try again later. */
    NO_CAPACITY,
    /** Too much at once: try again later. */
    OVERLOADED,
    /** This caller asks too often: slow down. */
    RATE_LIMITED,
    /** The registry cannot be reached: try again later. */
    REGISTRY_UNAVAILABLE,
    /** The scheduler cannot be reached: try again later. */
    SCHEDULER_UNAVAILABLE,
    /** The same user is already in the room, and the room takes each user once. */
    ALREADY_JOINED,
    /** The request is malformed: correct it. */
    INVALID_REQUEST,
    /** A fault of the server or of a room's code; it was logged there. */
    INTERNAL_ERROR
}
