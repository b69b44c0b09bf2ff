package io.roomrouting.spi;

import io.roomrouting.RoutingException;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;

/**
 * The outbound half of a client's connection: what a session host does with it. Written by transports.
 *
 * <p>No method blocks or throws. The host calls them from one thread at a time, not always the same one, and the
 * transport may be calling the {@link ConnectionListener} at that moment from another.
 *
 * <p>A message is only gathered by {@link #offer} and goes out with the next {@link #flush}; what has gathered while an
 * earlier write was under way goes out together when that one is done.
 */
public interface Connection {

    /**
     * Returns how messages for this connection are encoded.
     *
     * @return the same instance for every connection of the same format
     */
    WireFormat format();

    /**
     * The client is in the room; called once, before the first {@link #offer}, or not at all. If it has come back to its
     * seat, what it has missed is offered next, and a {@link #flush} follows even if that is nothing.
     *
     * @param welcome the session's name, and the client's seat if it asked for one
     */
    void accept(Welcome welcome);

    /**
     * The client is not let in; nothing is called after this.
     *
     * @param why what to tell it
     */
    void refuse(RoutingException why);

    /**
     * Takes a message for sending.
     *
     * @param message made by {@link #format()}
     * @return {@link Delivery#SATURATED} if the outbound queue has no space for it (then nothing was taken),
     *     {@link Delivery#CLOSED} after the end
     */
    Delivery offer(Encoded message);

    /** Starts writing what has gathered, unless a write is under way. */
    void flush();

    /**
     * Ends the connection after what has gathered was written, or at once where that takes too long; harmless when it has
     * ended. {@link ConnectionListener#onClosed} follows in any case.
     *
     * @param reason what to tell the client
     * @param retryAfter how long the client should wait before it looks the room up again; zero for no wish
     */
    void close(LeaveReason reason, Duration retryAfter);
}
