/**
 * A scheduler for the Hathora room API, which starts processes for rooms on demand.
 *
 * <p>Start with {@link io.roomrouting.hathora.HathoraScheduler} and {@link io.roomrouting.hathora.HathoraRooms}.
 */
module io.roomrouting.hathora {
    requires transitive io.roomrouting;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires okhttp3;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.hathora;
}
