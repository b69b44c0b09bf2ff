package io.roomrouting.examples.chatroom.accounts;

import java.time.Duration;

/**
 * How long and how often users stay logged in.
 *
 * @param lifetime after how long without use a login ends
 * @param grace for how long a client that missed an answer may ask again
 * @param perUser how many logins a user has at most; a further one ends the one that was not used for longest
 */
public record LoginSettings(Duration lifetime, Duration grace, int perUser) {

    /**
     * Returns what holds unless it is set otherwise.
     *
     * @return 30 days, 30 seconds and 20
     */
    public static LoginSettings defaults() {
        return new LoginSettings(Duration.ofDays(30), Duration.ofSeconds(30), 20);
    }

    /**
     * Sets how long a login lasts.
     *
     * @param value without use
     * @return a changed copy
     */
    public LoginSettings withLifetime(Duration value) {
        return new LoginSettings(value, grace, perUser);
    }
}
