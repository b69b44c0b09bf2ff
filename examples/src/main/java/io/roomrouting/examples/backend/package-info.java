/**
 * The backend: the stateless API that leads clients to rooms. Open
 * {@link io.roomrouting.examples.backend.BackendCommand} first.
 */
@NullMarked
package io.roomrouting.examples.backend;

import org.jspecify.annotations.NullMarked;
