package io.roomrouting.socketio.engine;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Makes ids of 20 characters, which are 15 random bytes in base64 (RFC 4648, section 5). Proxies that keep a client on one
 * server look for exactly 20 characters. Thread-safe if its generator is.
 */
public final class RandomIds {

    private static final int BYTES = 15;

    private final RandomGenerator random;

    /**
     * Makes a source of ids.
     *
     * @param random a {@link java.security.SecureRandom}, since whoever knows a session's id can take it over; another
     *     one only in tests
     */
    public RandomIds(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Makes an id.
     *
     * @return 20 characters of {@code A-Za-z0-9_-}
     */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
