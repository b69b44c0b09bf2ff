package io.roomrouting.benchmarks.socketio;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What carries a client's packets to the server, and the server's to the client. */
interface Carrier {

    /** Sends packets in order; not called again before they are on their way. */
    CompletableFuture<?> carry(List<String> packets);

    /** Ends it without another word. */
    void end();
}
