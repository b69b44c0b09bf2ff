package io.roomrouting.socketio.engine;

/** What is to be done with a request to open a WebSocket. */
public sealed interface WebSocketOffer {

    /**
     * It is not opened.
     *
     * @param reply what to answer; the connection is closed after it
     */
    record Refused(HttpReply reply) implements WebSocketOffer {}

    /**
     * It is opened.
     *
     * @param opening to be called once when it is open
     */
    record Accepted(Opening opening) implements WebSocketOffer {}

    /** Continues with an open WebSocket. */
    @FunctionalInterface
    interface Opening {

        /**
         * Takes the WebSocket.
         *
         * @param link its outbound half; may be used before this returns
         * @return its inbound half
         */
        LinkListener opened(WebSocketLink link);
    }
}
