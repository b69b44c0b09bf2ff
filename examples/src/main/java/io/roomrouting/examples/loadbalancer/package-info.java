/**
 * For people who run several chat servers: the load balancer that they register with. Open
 * {@link io.roomrouting.examples.loadbalancer.LoadBalancerCommand} first.
 */
@NullMarked
package io.roomrouting.examples.loadbalancer;

import org.jspecify.annotations.NullMarked;
