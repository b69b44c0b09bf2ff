/** For nobody: the machinery behind the public types; not exported and free to change. */
@NullMarked
package io.roomrouting.internal;

import org.jspecify.annotations.NullMarked;
