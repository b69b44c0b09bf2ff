package io.roomrouting.testkit.sim;

import java.time.Duration;

/**
 * What the network does to messages.
 *
 * @param longestDelay how long an ordinary message takes at most
 * @param slowShare the share of messages that are slow, 0 to 1
 * @param slowest how long a slow message takes at most
 * @param lostShare the share of messages of calls that get lost, 0 to 1
 * @param twiceShare the share of calls that are executed twice, 0 to 1
 * @param latestTwin how long after the first the second execution comes at most
 */
public record NetworkConditions(
        Duration longestDelay,
        double slowShare,
        Duration slowest,
        double lostShare,
        double twiceShare,
        Duration latestTwin) {}
