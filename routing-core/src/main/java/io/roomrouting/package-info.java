/** For people who route clients to rooms. */
@NullMarked
package io.roomrouting;

import org.jspecify.annotations.NullMarked;
