package io.roomrouting.socketio.engine;

/**
 * The inbound half of a session. The methods of one listener are called one at a time, in order, and each sees what the
 * one before has done; they must not block, since a thread of the server runs them.
 */
public interface EngineListener {

    /**
     * A message of text has come.
     *
     * @param text the message
     */
    void onText(String text);

    /**
     * A binary message has come.
     *
     * @param bytes the message, the listener's own
     */
    void onBinary(byte[] bytes);

    /** Nothing more has been read for now. */
    void onReadComplete();

    /** The client has changed from polling to a WebSocket. */
    default void onUpgraded() {}

    /**
     * The session has ended; nothing follows. Called exactly once.
     *
     * @param reason why
     */
    void onClosed(CloseReason reason);
}
