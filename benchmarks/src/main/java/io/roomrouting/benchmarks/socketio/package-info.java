/**
 * Shows that a Socket.IO server endures: many idle clients, many that change over at once, a stop, and hostile clients. Open
 * {@link io.roomrouting.benchmarks.socketio.EnduranceCommand} first.
 */
@NullMarked
package io.roomrouting.benchmarks.socketio;

import org.jspecify.annotations.NullMarked;
