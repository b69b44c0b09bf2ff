package io.roomrouting.socketio.engine;

/**
 * The inbound half of a WebSocket: what a server tells of it, from one thread at a time. Does not block, but the
 * application's callbacks may run on the calling thread.
 */
public interface LinkListener {

    /** Takes no notice; of a WebSocket that was closed before it began. */
    LinkListener NONE = new LinkListener() {
        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(byte[] message) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onSent() {}

        @Override
        public void onClosed() {}

        @Override
        public void onFailed() {}
    };

    /**
     * A text message has come.
     *
     * @param message checked to be UTF-8; at most {@link EngineSettings#maxPayload} bytes, a longer one is to be answered
     *     with a close of code 1009 and {@link #onFailed}
     */
    void onText(String message);

    /**
     * A binary message has come.
     *
     * @param message not copied; as long as a text may be
     */
    void onBinary(byte[] message);

    /**
     * All that came in with one read has been told, so that what the application says to it can go out with one write. To
     * be told after every read that brought messages.
     */
    void onReadComplete();

    /** What {@link WebSocketLink#send} was given, and had not written when it returned, has been written. */
    void onSent();

    /** The WebSocket has been closed in order. */
    void onClosed();

    /** The WebSocket has broken, or the client has violated its rules. */
    void onFailed();
}
