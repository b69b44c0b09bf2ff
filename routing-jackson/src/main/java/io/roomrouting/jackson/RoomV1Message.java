package io.roomrouting.jackson;

import io.roomrouting.spi.InboundEvent;

/** What a client says in the protocol {@code room.v1}. */
public sealed interface RoomV1Message {

    /**
     * An event for the room.
     *
     * @param event the event
     */
    record Said(InboundEvent event) implements RoomV1Message {}

    /**
     * The client has a seat, and tells how many messages of its session it has received.
     *
     * @param received how many in all, 0 to 2^53-1
     */
    record Acknowledged(long received) implements RoomV1Message {}
}
