package io.roomrouting;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The name of a room: 1 to 100 characters of {@code A-Z a-z 0-9 _ -}.
 *
 * @param value the id as it stands in URLs, tickets and registries
 */
public record RoomId(String value) {

    private static final int MAX_LENGTH = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the value is not a room id
     */
    public RoomId {
        if (!isId(value)) {
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

    /** A loop because every request and every ticket comes by here, and a pattern costs ten times as much. */
    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '_' && c != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }
}
