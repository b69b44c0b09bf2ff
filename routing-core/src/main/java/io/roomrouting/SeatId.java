package io.roomrouting;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of one reservation of a seat: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, given by a {@link RoomDirectory} and
 * never used for another.
 *
 * @param value the id as it stands in tickets and directories
 */
public record SeatId(String value) {

    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the value is not a seat id
     */
    public SeatId {
        if (!FORMAT.matcher(value).matches()) {
            throw RoutingException.invalid("a seat id is 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
    }

    /**
     * Returns the seat id with this value.
     *
     * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
     * @return the id
     * @throws RoutingException.InvalidRequest if the value is not a seat id
     */
    public static SeatId of(String value) {
        return new SeatId(value);
    }

    /**
     * Returns an id that has never been used: 96 random bits as 16 characters of base64url.
     *
     * @return a fresh id
     */
    public static SeatId random() {
        byte[] bits = new byte[12];
        RANDOM.nextBytes(bits);
        return new SeatId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
