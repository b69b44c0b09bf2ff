/** Tests of what the HTTP APIs of the bundled servers share. */
@NullMarked
package io.roomrouting.examples.http;

import org.jspecify.annotations.NullMarked;
