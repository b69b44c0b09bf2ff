/**
 * Rooms on the game servers of an Agones fleet on Kubernetes.
 *
 * <p>Start with {@link io.roomrouting.agones.AgonesScheduler} in a backend and {@link io.roomrouting.agones.AgonesHost} in
 * a session host.
 */
module io.roomrouting.agones {
    requires transitive io.roomrouting;
    requires com.fasterxml.jackson.databind;
    requires okhttp3;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.agones;
}
