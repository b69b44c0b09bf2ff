/** Tests of whole systems over the network: a backend, session hosts, and clients that know only the wire. */
@NullMarked
package io.roomrouting.examples.system;

import org.jspecify.annotations.NullMarked;
