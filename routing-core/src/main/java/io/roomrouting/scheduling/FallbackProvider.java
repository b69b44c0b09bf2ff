package io.roomrouting.scheduling;

import io.roomrouting.Scheduler;
import io.roomrouting.spi.CircuitBreaker;

/**
 * One scheduler of a {@link FallbackScheduler}.
 *
 * @param name what people call it
 * @param scheduler places rooms
 * @param circuit knows whether it can be reached
 */
record FallbackProvider(String name, Scheduler scheduler, CircuitBreaker circuit) {}
