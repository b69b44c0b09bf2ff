package io.roomrouting.examples.chatroom;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords for a TURN server that shares a secret with us and knows no users (draft-uberti-behave-turn-rest-00): the name says
 * until when it is good, and the password proves that we have said so.
 */
final class TurnCredentials {

    private static final String HMAC = "HmacSHA1";

    private final SecretKeySpec secret;
    private final Duration life;
    private final TimeSource time;

    /**
     * What a client shows to the TURN server.
     *
     * @param username {@code <seconds since 1970>:<user>}
     * @param credential a secret
     */
    record Pass(String username, String credential) {

        @Override
        public String toString() {
            return "Pass[username=" + username + ", credential=<redacted>]";
        }
    }

    TurnCredentials(String secret, Duration life, TimeSource time) {
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
        this.life = life;
        this.time = time;
    }

    Pass passFor(UserId user) {
        String username = time.now().plus(life).getEpochSecond() + ":" + user.value();
        return new Pass(username, credentialOf(username));
    }

    String credentialOf(String username) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
