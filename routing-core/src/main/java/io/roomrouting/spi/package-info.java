/**
 * For people who write transports: what a connection can do, and what happens on it. Open
 * {@link io.roomrouting.spi.Connection} first. Who writes an adapter to a provider finds {@link io.roomrouting.spi.Backoff}
 * and {@link io.roomrouting.spi.RetryAfter}.
 */
@NullMarked
package io.roomrouting.spi;

import org.jspecify.annotations.NullMarked;
