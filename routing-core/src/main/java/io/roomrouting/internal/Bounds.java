package io.roomrouting.internal;

import java.time.Duration;

/** Refuses settings that are out of bounds, naming the setting, the value and the bound. */
public final class Bounds {

    private Bounds() {}

    /**
     * Checks a number.
     *
     * @param setting its name
     * @param value what was set
     * @param min the smallest value that is allowed
     * @param max the largest
     */
    public static void check(String setting, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }

    /**
     * Checks a number that need not be whole.
     *
     * @param setting its name
     * @param value what was set
     * @param min the smallest value that is allowed
     * @param max the largest
     */
    public static void check(String setting, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }

    /**
     * Checks a duration.
     *
     * @param setting its name
     * @param value what was set
     * @param min the shortest value that is allowed
     * @param max the longest
     */
    public static void check(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
    }
}
