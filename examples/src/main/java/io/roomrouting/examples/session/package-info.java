/**
 * The session server: the process that rooms live in. Open {@link io.roomrouting.examples.session.SessionCommand} first.
 */
@NullMarked
package io.roomrouting.examples.session;

import org.jspecify.annotations.NullMarked;
