package io.roomrouting.session;

/** Makes the handler of a room that opens, usually a constructor reference such as {@code ChatRoom::new}. */
@FunctionalInterface
public interface RoomHandlerFactory {

    /**
     * Makes a handler. Runs as the room's first callback.
     *
     * @param room the room that it will run
     * @return a new handler
     */
    RoomHandler create(Room room);
}
