/**
 * For people whose hosts are started by Hathora, or by an installation that speaks its room API. Open
 * {@link io.roomrouting.hathora.HathoraScheduler} first.
 */
@NullMarked
package io.roomrouting.hathora;

import org.jspecify.annotations.NullMarked;
