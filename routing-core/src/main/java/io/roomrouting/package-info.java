/**
 * For people who route: ids, values, the seams and the router. Open {@link io.roomrouting.RoomRouter} first.
 */
@NullMarked
package io.roomrouting;

import org.jspecify.annotations.NullMarked;
