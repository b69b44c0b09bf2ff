/**
 * For people who want video calls between the users of a room: the room passes on what two browsers have to tell each other, and
 * never sees a picture. Open {@link io.roomrouting.examples.calls.RoomCalls} first, then
 * {@link io.roomrouting.examples.calls.CallDesk}, which knows the rules.
 */
@NullMarked
package io.roomrouting.examples.calls;

import org.jspecify.annotations.NullMarked;
