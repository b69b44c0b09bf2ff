/**
 * For people who write transports: what a connection can do, and what happens on it. Open
 * {@link io.roomrouting.spi.Connection} first.
 */
@NullMarked
package io.roomrouting.spi;

import org.jspecify.annotations.NullMarked;
