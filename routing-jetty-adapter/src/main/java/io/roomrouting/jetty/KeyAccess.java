package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Admits by key. Holds only digests: they have one length, so that the comparison tells nothing of the key's. */
final class KeyAccess implements AdminAccess {

    private static final String HEADER = "X-API-Key";

    private final List<byte[]> digests;

    KeyAccess(String... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("There must be at least one admin key");
        }
        digests = Arrays.stream(keys)
                .map(KeyAccess::checked)
                .map(KeyAccess::digest)
                .toList();
    }

    @Override
    public void check(Request request) {
        byte[] presented = Optional.ofNullable(request.getHeaders().get(HEADER))
                .or(() -> Exchange.bearerToken(request))
                .map(KeyAccess::digest)
                .orElseThrow(() -> RoutingException.unauthenticated("This needs a key, in " + HEADER));
        boolean known = false;
        for (byte[] digest : digests) {
            known |= MessageDigest.isEqual(digest, presented);
        }
        if (!known) {
            throw RoutingException.unauthenticated("This is not the key");
        }
    }

    @Override
    public String toString() {
        return "AdminAccess[" + digests.size() + " keys]";
    }

    /** Does not tell the key when it refuses it. */
    private static String checked(String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "An admin key is one or more characters of printable ASCII without spaces");
        }
        return key;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
