package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.Epoch;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.util.Optional;

/**
 * Somebody who needs a room to be open here, and waits until it is: a client, or an operator on behalf of clients to come.
 * Belongs to the thread of the room that it waits for.
 */
sealed interface Arrival permits Link, OpenOrder {

    /** The ownership under which the room shall be open. Any thread. */
    RoomAssignment assignment();

    /** How the room was created. Any thread. */
    RoomSpec spec();

    /** What its way here is called in the logs. Any thread. */
    Optional<CorrelationId> correlation();

    /** The number of the ownership. Any thread. */
    default Epoch epoch() {
        return assignment().epoch();
    }

    /** It waits for this room from now on. Any thread. */
    default void placedIn(RoomRuntime room) {}

    /** Says whether nothing has become of it yet. */
    boolean isWaiting();

    /** The room is open. */
    void enter(RoomRuntime room);

    /** The room does not open for it. Any thread. */
    void refuse(RoutingException why);
}
