/**
 * The server that the official test suites of Engine.IO and Socket.IO are run against. Open {@link
 * io.roomrouting.examples.conformance.ConformanceCommand} first.
 */
@NullMarked
package io.roomrouting.examples.conformance;

import org.jspecify.annotations.NullMarked;
