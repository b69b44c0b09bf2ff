package io.roomrouting.socketio.engine;

import java.util.List;

/** One of the two ways to reach a client. Within a strand. */
interface Side {

    EngineTransport transport();

    boolean isWritable();

    /** Sends what is not nothing; only when it is writable. */
    void send(List<EncodedPacket> packets);

    /** Sends what is left, perhaps nothing, and tells the client that this is the end; only when it is writable. */
    void sendLast(List<EncodedPacket> packets);

    /** Lets go. What is said to a client that still waits is up to the end's reason. */
    void end(EncodedPacket farewell);
}
