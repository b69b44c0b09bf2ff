/**
 * For people who want to see the promise of one owner tested: a cluster of routers, hosts, a registry and clients on
 * virtual time, with faults, replayed from a seed. Open {@link io.roomrouting.testkit.sim.Simulation} first.
 */
@NullMarked
package io.roomrouting.testkit.sim;

import org.jspecify.annotations.NullMarked;
