/** What a chaos run recorded, and whether it kept the promises. Open {@link Promises} first, then {@link History}. */
@NullMarked
package io.roomrouting.benchmarks.chaos.check;

import org.jspecify.annotations.NullMarked;
