package io.roomrouting.jwt;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Checks of settings, told by name, value and bound. */
final class Settings {

    private static final int MAX_ISSUER_LENGTH = 255;

    private Settings() {}

    static Duration within(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(setting + " = " + value + " is not within " + min + " to " + max);
        }
        return value;
    }

    /** A token's life: whole seconds, since that is how a token tells time. */
    static Duration life(String setting, Duration value, TokenKind kind) {
        if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(setting + " = " + value + " is not a number of whole seconds");
        }
        return within(setting, value, Duration.ofSeconds(1), kind.longestLife());
    }

    static String issuer(String value) {
        if (value.isBlank() || value.length() > MAX_ISSUER_LENGTH) {
            throw new IllegalArgumentException("issuer is 1 to " + MAX_ISSUER_LENGTH + " characters, not blank");
        }
        return value;
    }
}
