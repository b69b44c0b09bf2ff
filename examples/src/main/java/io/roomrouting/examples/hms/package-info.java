/**
 * The 100ms backend: lets users of an application create calls that 100ms hosts and join them. Open
 * {@link io.roomrouting.examples.hms.HmsCommand} first.
 */
@NullMarked
package io.roomrouting.examples.hms;

import org.jspecify.annotations.NullMarked;
