package io.roomrouting;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * One life of a session host: new at every start, and new whenever the host has lost its lease.
 *
 * <p>Ownership and tickets name an incarnation, never just a host, so that nothing granted to an earlier life can be
 * used by a later one.
 *
 * @param host the host's stable name
 * @param nonce 1 to 64 characters that differ for every life
 */
public record HostIncarnation(HostId host, String nonce) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the nonce is empty or longer than 64 characters
     */
    public HostIncarnation {
        if (nonce.isEmpty() || nonce.length() > 64) {
            throw RoutingException.invalid("an incarnation's nonce is 1 to 64 characters");
        }
    }

    /**
     * Starts a new life of a host.
     *
     * @param host the host
     * @return an incarnation with 96 random bits
     */
    public static HostIncarnation next(HostId host) {
        return next(host, RANDOM);
    }

    /**
     * Starts a new life of a host with bits of a given origin, for runs that must replay.
     *
     * @param host the host
     * @param random where the bits come from; never gives the same 96 again
     * @return an incarnation with 96 random bits
     */
    public static HostIncarnation next(HostId host, RandomGenerator random) {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return new HostIncarnation(host, Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return host + "#" + nonce;
    }
}
