package io.roomrouting.socketio.engine;

import io.roomrouting.session.Delivery;
import java.util.List;

/** The outbound half of a session. Thread-safe; no method blocks or throws. */
public interface EngineConnection {

    /**
     * Takes messages that belong together: nothing comes between them. They are sent with the next {@link #flush}.
     *
     * @param packets made by {@link EncodedPacket#message}
     * @return {@link Delivery#SATURATED} if there is no space for all of them (then none was taken),
     *     {@link Delivery#CLOSED} when the session ends or has ended
     */
    Delivery offer(List<EncodedPacket> packets);

    /** Sends what has gathered, as soon as the client can be written to. */
    void flush();

    /**
     * Runs a task among the listener's callbacks: after those that are due, and never at the same time as one.
     *
     * @param task must not block
     */
    void execute(Runnable task);

    /**
     * Says whether the client could be written to at this moment; for messages that are better lost than late.
     *
     * @return whether a poll is held or the WebSocket has nothing left to write
     */
    boolean isWritable();

    /**
     * Returns how the client is connected.
     *
     * @return at this moment
     */
    EngineTransport transport();

    /**
     * Ends the session after what has gathered was sent, or after 30 seconds; harmless when it has ended.
     * {@link EngineListener#onClosed} follows.
     *
     * @param reason what to tell the listener
     */
    void close(CloseReason reason);
}
