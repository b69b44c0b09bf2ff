package io.roomrouting.jetty.internal;

import io.roomrouting.session.LeaveReason;

/**
 * What happens on a {@link WebSocketConnection}; the sub-protocol's half. Called from one thread at a time, though not
 * always the same one, and in order. No method may block.
 */
public interface WebSocketListener {

    /**
     * The connection is ready; called once, before everything else.
     *
     * @param connection the other half
     */
    void onOpen(WebSocketConnection connection);

    /**
     * A text message has come.
     *
     * @param bytes hold it, checked UTF-8; only good during the call
     * @param offset where it begins
     * @param length how many bytes it has
     * @throws FrameViolation if the connection has to end for it
     */
    void onText(byte[] bytes, int offset, int length) throws FrameViolation;

    /**
     * A binary message has come.
     *
     * @param bytes hold it; only good during the call
     * @param offset where it begins
     * @param length how many bytes it has
     * @throws FrameViolation if the connection has to end for it
     */
    void onBinary(byte[] bytes, int offset, int length) throws FrameViolation;

    /**
     * At this moment, nothing that was offered and flushed had still to be written. Unlike the other calls this one comes
     * from any thread, perhaps in the middle of a {@link WebSocketConnection#flush}.
     */
    default void onWritten() {}

    /** Nothing more has been read for now. */
    void onReadComplete();

    /**
     * The conversation has ended; nothing follows. Called exactly once.
     *
     * @param reason why
     */
    void onClosed(LeaveReason reason);
}
