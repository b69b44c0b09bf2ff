package io.roomrouting.hms;

import java.time.Duration;

/** Checks of settings, told by name, value and bound. */
final class Bounds {

    private Bounds() {}

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    static Duration within(String setting, Duration value, Duration min, Duration max) {
        check(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                setting + " = " + value + " is not within " + min + " to " + max);
        return value;
    }
}
