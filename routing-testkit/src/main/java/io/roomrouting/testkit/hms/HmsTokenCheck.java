package io.roomrouting.testkit.hms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.TimeSource;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Looks at tokens as strictly as 100ms does, with nothing but the JDK, so that it shares no mistake with their maker. */
final class HmsTokenCheck {

    private static final String HS256 = "HmacSHA256";

    private final String accessKey;
    private final String secret;
    private final TimeSource time;

    HmsTokenCheck(String accessKey, String secret, TimeSource time) {
        this.accessKey = accessKey;
        this.secret = secret;
        this.time = time;
    }

    /**
     * Returns a token's claims.
     *
     * @param type {@code app} or {@code management}
     * @throws IllegalArgumentException if 100ms would not take the token; the message says why
     */
    Map<String, @Nullable Object> claims(String token, String type) {
        String[] parts = token.split("\\.", -1);
        require(parts.length == 3, "a token has three parts");
        Base64.Decoder base64 = Base64.getUrlDecoder();
        Map<String, @Nullable Object> header = PlainJson.readObject(new String(base64.decode(parts[0]), UTF_8));
        require("HS256".equals(header.get("alg")), "alg is not HS256");
        require(
                MessageDigest.isEqual(hmac(parts[0] + "." + parts[1]), base64.decode(parts[2])),
                "the signature is not by this app");
        Map<String, @Nullable Object> claims = PlainJson.readObject(new String(base64.decode(parts[1]), UTF_8));
        require(accessKey.equals(claims.get("access_key")), "access_key is another app's");
        require(type.equals(claims.get("type")), "type is not " + type);
        require(Long.valueOf(2).equals(claims.get("version")), "version is not 2");
        require(claims.get("jti") instanceof String jti && !jti.isEmpty(), "jti is missing");
        checkTimes(claims);
        return claims;
    }

    private void checkTimes(Map<String, @Nullable Object> claims) {
        require(
                claims.get("iat") instanceof Long issued
                        && claims.get("nbf") instanceof Long notBefore
                        && claims.get("exp") instanceof Long expires
                        && issued <= now()
                        && notBefore <= now()
                        && expires > now(),
                "iat, nbf or exp is missing, or the token is not valid now");
    }

    private long now() {
        return time.now().getEpochSecond();
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HS256);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HS256));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + HS256, e);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
