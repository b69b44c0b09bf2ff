package io.roomrouting.hathora;

import io.roomrouting.HostAddress;

/** What Hathora says of how to connect to a room that it knows. */
public sealed interface RoomWhereabouts {

    /** Its process is being started: ask again. */
    record Starting() implements RoomWhereabouts {}

    /**
     * Its process runs.
     *
     * @param address where clients reach the process: the first of its exposed ports that takes TCP or TLS
     */
    record Active(HostAddress address) implements RoomWhereabouts {}
}
