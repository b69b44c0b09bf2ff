package io.roomrouting.examples.engines;

import java.util.Optional;

/**
 * As whom to log in at an engine.
 *
 * @param user empty: the engine's default
 * @param password a secret, left out of {@link #toString()}; empty: none
 */
public record Login(Optional<String> user, Optional<String> password) {

    /** Nobody in particular. */
    public static final Login NONE = new Login(Optional.empty(), Optional.empty());

    /** This one, completed by what another says; both must not say the same thing. */
    Login and(Login other) {
        return new Login(either(user, other.user), either(password, other.password));
    }

    private static Optional<String> either(Optional<String> one, Optional<String> other) {
        if (one.isPresent() && other.isPresent()) {
            throw new IllegalArgumentException("given twice");
        }
        return one.or(() -> other);
    }

    @Override
    public String toString() {
        return "Login[user=" + user.orElse("") + (password.isPresent() ? ", password=<redacted>]" : "]");
    }
}
