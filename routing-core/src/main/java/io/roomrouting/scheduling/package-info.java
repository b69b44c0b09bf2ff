/**
 * For people who decide where rooms live: schedulers and placement strategies. Open
 * {@link io.roomrouting.scheduling.FleetScheduler} first.
 */
@NullMarked
package io.roomrouting.scheduling;

import org.jspecify.annotations.NullMarked;
