/**
 * For people who run the bundled systems and read their logs. Open {@link io.roomrouting.examples.logs.LogSettings} first.
 */
@NullMarked
package io.roomrouting.examples.logs;

import org.jspecify.annotations.NullMarked;
