/**
 * For people who add an HTTP API to one of the bundled servers. Open {@link io.roomrouting.examples.http.ApiExchange} first.
 */
@NullMarked
package io.roomrouting.examples.http;

import org.jspecify.annotations.NullMarked;
