package io.roomrouting.redis;

import java.time.Duration;

/** Refuses settings that are out of bounds, naming the setting, the value and the bound. */
final class Settings {

    private Settings() {}

    static void check(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }

    static void check(String setting, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }
}
