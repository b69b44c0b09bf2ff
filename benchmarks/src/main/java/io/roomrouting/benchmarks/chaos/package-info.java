/**
 * Real processes and real clients under faults: a host is killed, stopped and drained while clients talk. Open
 * {@link ChaosCommand} first; what is promised and how it is checked is in the package {@code check}.
 */
@NullMarked
package io.roomrouting.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
