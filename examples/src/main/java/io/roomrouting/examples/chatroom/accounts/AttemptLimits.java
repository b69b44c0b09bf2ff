package io.roomrouting.examples.chatroom.accounts;

/**
 * How often one may register and try to log in, within five minutes.
 *
 * @param perAddress how many registrations and log-ins come from one network address, good or bad
 * @param failuresPerAddress how many log-ins from one network address fail
 * @param failuresPerName how many log-ins under one name fail
 */
public record AttemptLimits(int perAddress, int failuresPerAddress, int failuresPerName) {

    /**
     * Returns what holds unless it is set otherwise.
     *
     * @return 300, 50 and 10
     */
    public static AttemptLimits defaults() {
        return new AttemptLimits(300, 50, 10);
    }
}
