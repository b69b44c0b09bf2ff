/** For people who serve rooms with Jetty. */
@NullMarked
package io.roomrouting.jetty;

import org.jspecify.annotations.NullMarked;
