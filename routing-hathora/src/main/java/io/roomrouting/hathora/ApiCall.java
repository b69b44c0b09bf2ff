package io.roomrouting.hathora;

import io.roomrouting.RoomId;
import java.util.Optional;

/**
 * A request of Hathora's room API, without the credentials.
 *
 * @param operation the path segment that names what is asked: {@code create}, {@code connectioninfo} and so on
 * @param room the room
 * @param body the JSON body of a POST; empty for a GET
 * @param roomInQuery whether the room's id stands in the query instead of the path
 */
record ApiCall(String operation, RoomId room, Optional<String> body, boolean roomInQuery) {

    static ApiCall get(String operation, RoomId room) {
        return new ApiCall(operation, room, Optional.empty(), false);
    }

    static ApiCall post(String operation, RoomId room) {
        return new ApiCall(operation, room, Optional.of(""), false);
    }

    /** Names the room in the query, which makes it idempotent: however often it arrives, there is one room of that id. */
    static ApiCall create(RoomId room, String body) {
        return new ApiCall("create", room, Optional.of(body), true);
    }

    @Override
    public String toString() {
        return operation + " " + room;
    }
}
