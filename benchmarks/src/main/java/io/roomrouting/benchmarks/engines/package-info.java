/**
 * Real engines to keep rooms and hosts in, started from binaries on the class path, and the network between them and who
 * uses them. Open {@link EngineServer} and {@link Engine} first.
 */
@NullMarked
package io.roomrouting.benchmarks.engines;

import org.jspecify.annotations.NullMarked;
