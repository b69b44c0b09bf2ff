/**
 * Stateful room routing: vocabulary, seams, the router and the room runtime.
 *
 * <p>Start with {@link io.roomrouting.RoomRouter} to lead clients to a room, and with
 * {@link io.roomrouting.session.RoomHandler} to write one.
 */
module io.roomrouting {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting;
    exports io.roomrouting.session;
    exports io.roomrouting.scheduling;
    exports io.roomrouting.spi;
}
