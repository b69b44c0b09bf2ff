package io.roomrouting;

/**
 * The name of a user: 1 to 64 characters, no control characters, not blank.
 *
 * @param value the name, as the {@link Authenticator} vouches for it
 */
public record UserId(String value) {

    /** The longest name, in UTF-16 units. */
    public static final int MAX_LENGTH = 64;

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the value is not a user id
     */
    public UserId {
        if (value.isBlank() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw RoutingException.invalid("a user id is 1 to 64 characters, not blank, without control characters");
        }
    }

    /**
     * Returns the user id with this value.
     *
     * @param value 1 to 64 characters
     * @return the id
     * @throws RoutingException.InvalidRequest if the value is not a user id
     */
    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
