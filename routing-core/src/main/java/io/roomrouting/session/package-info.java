/**
 * For people who write rooms: what a room is told and what it can do. Open {@link io.roomrouting.session.RoomHandler}
 * first.
 */
@NullMarked
package io.roomrouting.session;

import org.jspecify.annotations.NullMarked;
