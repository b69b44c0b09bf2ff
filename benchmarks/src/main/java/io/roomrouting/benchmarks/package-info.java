/** Benchmarks of the paths that matter under load. */
@NullMarked
package io.roomrouting.benchmarks;

import org.jspecify.annotations.NullMarked;
