package io.roomrouting.socketio.engine;

/** Why a session ended; the names are those of the reference implementation. */
public enum CloseReason {
    /** The client ended it, or its WebSocket was closed. */
    TRANSPORT_CLOSE("transport close"),
    /** A request broke off, two of a kind came at once, or the WebSocket failed. */
    TRANSPORT_ERROR("transport error"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent what is no packet. */
    PARSE_ERROR("parse error"),
    /** This side ended it. */
    FORCED_CLOSE("forced close"),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /**
     * Returns the name that people who know Socket.IO know.
     *
     * @return for example {@code ping timeout}
     */
    public String text() {
        return text;
    }
}
