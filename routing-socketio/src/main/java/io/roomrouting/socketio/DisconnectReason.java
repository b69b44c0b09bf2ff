package io.roomrouting.socketio;

import io.roomrouting.session.LeaveReason;
import io.roomrouting.socketio.engine.CloseReason;

/** Why a client is out of a namespace; the names are those of the reference implementation. */
public enum DisconnectReason {
    /** This side has disconnected the client, or not let it in. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", LeaveReason.KICKED),
    /** The client has left. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", LeaveReason.LEFT),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down", LeaveReason.SERVER_STOPPING),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout", LeaveReason.TIMED_OUT),
    /** The connection was closed by the client. */
    TRANSPORT_CLOSE("transport close", LeaveReason.CONNECTION_LOST),
    /** The connection broke. */
    TRANSPORT_ERROR("transport error", LeaveReason.CONNECTION_LOST),
    /** The client sent what is no packet. */
    PARSE_ERROR("parse error", LeaveReason.PROTOCOL_ERROR),
    /** The connection was closed by this side. */
    FORCED_CLOSE("forced close", LeaveReason.CONNECTION_LOST),
    /** The client sent a packet that cannot be at this point. */
    FORCED_SERVER_CLOSE("forced server close", LeaveReason.PROTOCOL_ERROR);

    private final String text;
    private final LeaveReason leaveReason;

    DisconnectReason(String text, LeaveReason leaveReason) {
        this.text = text;
        this.leaveReason = leaveReason;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case SERVER_SHUTTING_DOWN -> SERVER_SHUTTING_DOWN;
        };
    }

    /**
     * Returns the name that people who know Socket.IO know.
     *
     * @return for example {@code ping timeout}
     */
    public String text() {
        return text;
    }

    /**
     * Returns what a room is told.
     *
     * @return the reason in the terms of rooms
     */
    public LeaveReason leaveReason() {
        return leaveReason;
    }
}
