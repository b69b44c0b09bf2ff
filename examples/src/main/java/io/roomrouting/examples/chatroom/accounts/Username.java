package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.RoutingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user is called: 3 to 32 of the letters A to Z, digits, {@code _}, {@code -} and {@code .}. Names that differ only in
 * their case are the same name.
 *
 * @param value as the user writes it
 */
record Username(String value) {

    /** What {@link #value} looks like. */
    static final String FORM = "[A-Za-z0-9_.-]{3,32}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    Username {
        if (!PATTERN.matcher(value).matches()) {
            throw RoutingException.invalid("A username has 3 to 32 characters: letters, digits, _ - .");
        }
    }

    /** Returns the name if it can be one. */
    static Optional<Username> find(String value) {
        return PATTERN.matcher(value).matches() ? Optional.of(new Username(value)) : Optional.empty();
    }

    /** What is the same for all ways to write the name. */
    String key() {
        return value.toLowerCase(Locale.ROOT);
    }
}
