/**
 * For people who run their rooms on Agones. Open {@link io.roomrouting.agones.AgonesScheduler} first for a backend, and
 * {@link io.roomrouting.agones.AgonesHost} for a session host.
 */
@NullMarked
package io.roomrouting.agones;

import org.jspecify.annotations.NullMarked;
