/**
 * For people who watch what routers and session hosts do. Open {@link io.roomrouting.micrometer.RoomMetrics} first.
 */
@NullMarked
package io.roomrouting.micrometer;

import org.jspecify.annotations.NullMarked;
