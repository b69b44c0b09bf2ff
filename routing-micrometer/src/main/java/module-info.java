/**
 * Counts what routers and session hosts do, for any system that Micrometer feeds.
 *
 * <p>Start with {@link io.roomrouting.micrometer.RoomMetrics}.
 */
// Micrometer has no descriptor, but a fixed module name in its manifest.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.roomrouting.micrometer {
    requires transitive io.roomrouting;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.roomrouting.micrometer;
}
