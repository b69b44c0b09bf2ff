/** The bundled servers and the command that starts them. */
@NullMarked
package io.roomrouting.examples;

import org.jspecify.annotations.NullMarked;
