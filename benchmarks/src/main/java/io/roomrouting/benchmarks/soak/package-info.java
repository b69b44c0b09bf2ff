/** The simulated cluster for as long as one likes. Open {@link Soak} first. */
@NullMarked
package io.roomrouting.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
