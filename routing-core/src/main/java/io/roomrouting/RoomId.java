package io.roomrouting;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of a room: 1 to 100 characters of {@code A-Z a-z 0-9 _ -}.
 *
 * @param value the id as it stands in URLs, tickets and registries
 */
public record RoomId(String value) {

    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the value is not a room id
     */
    public RoomId {
        if (!FORMAT.matcher(value).matches()) {
            throw RoutingException.invalid("a room id is 1 to 100 characters of A-Z a-z 0-9 _ -");
        }
    }

    /**
     * Returns the room id with this value.
     *
     * @param value 1 to 100 characters of {@code A-Z a-z 0-9 _ -}
     * @return the id
     * @throws RoutingException.InvalidRequest if the value is not a room id
     */
    public static RoomId of(String value) {
        return new RoomId(value);
    }

    /**
     * Returns an id that nobody can guess: 128 random bits as 22 characters of base64url.
     *
     * @return a fresh id
     */
    public static RoomId random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return new RoomId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
