package io.roomrouting.benchmarks.socketio;

import java.net.URI;

/**
 * Where a session's requests go.
 *
 * @param port the server's port on the loopback interface
 * @param sid the session's name; empty before there is one
 */
record Endpoint(int port, String sid) {

    URI polling() {
        return URI.create("http://127.0.0.1:" + port + path("polling"));
    }

    URI webSocket() {
        return URI.create("ws://127.0.0.1:" + port + path("websocket"));
    }

    /** Path and query. */
    String path(String transport) {
        return "/socket.io/?EIO=4&transport=" + transport + (sid.isEmpty() ? "" : "&sid=" + sid);
    }
}
