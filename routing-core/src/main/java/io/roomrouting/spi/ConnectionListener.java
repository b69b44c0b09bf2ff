package io.roomrouting.spi;

import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;

/**
 * The inbound half: what a transport tells the session host. Given by
 * {@link io.roomrouting.session.SessionHost#admit}.
 *
 * <p>A transport calls these from one thread at a time and in the order in which things happened. No method blocks,
 * but {@link #onReadComplete} may run the room's callbacks on the calling thread.
 */
public interface ConnectionListener {

    /**
     * A message has arrived. It is handled with the next {@link #onReadComplete}, so that whatever one read brought in
     * is handled, and answered, together.
     *
     * @param event the message
     * @return {@link Delivery#SATURATED} if the room has too much to do or this client sends too fast; the client has
     *     been told so and the event was dropped. {@link Delivery#CLOSED} after the end.
     */
    Delivery onEvent(InboundEvent event);

    /**
     * The client tells how many messages of its session it has received in all; what it has received needs not be kept
     * for it any more. Only of clients that have a seat.
     *
     * @param received 0 or more
     */
    void onAcknowledged(long received);

    /** Nothing more has been read for now. */
    void onReadComplete();

    /**
     * The connection has ended; nothing follows. Called exactly once, whoever ended it.
     *
     * @param reason why; ignored when the host itself closed the connection
     */
    void onClosed(LeaveReason reason);
}
