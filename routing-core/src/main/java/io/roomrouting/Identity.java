package io.roomrouting;

import java.util.Map;

/**
 * Who is asking, as an {@link Authenticator} vouches for it.
 *
 * @param user the user
 * @param attributes what else is known of the user and may travel in a ticket, such as a display name or a role; at
 *     most 16 entries, keys up to 64 and values up to 256 characters; not a place for secrets
 */
public record Identity(UserId user, Map<String, String> attributes) {

    /**
     * Checks the bounds and copies the attributes.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public Identity {
        attributes = BoundedText.copy("identity attributes", attributes);
    }

    /**
     * Returns an identity without attributes.
     *
     * @param user the user's name, 1 to 64 characters
     * @return the identity
     */
    public static Identity of(String user) {
        return new Identity(UserId.of(user), Map.of());
    }
}
