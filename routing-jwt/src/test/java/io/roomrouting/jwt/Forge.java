package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that this library would not make: any header and any payload, well sealed with an HS256 secret. */
final class Forge {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Forge() {}

    static String token(byte[] secret, String headerJson, String payloadJson) {
        String signed = encode(headerJson) + "." + encode(payloadJson);
        return signed + "." + BASE64.encodeToString(hmac(secret, signed));
    }

    static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }

    /** The members of a good ticket of 2026-01-01T00:00:00Z, each as JSON text, to be changed and joined. */
    static Map<String, String> ticket() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("iss", "\"room-routing\"");
        members.put("aud", "\"room-session\"");
        members.put("sub", "\"alice\"");
        members.put("userId", "\"alice\"");
        members.put("iat", "1767225600");
        members.put("exp", "1767225660");
        members.put("jti", "\"id-1\"");
        members.put("roomId", "\"room\"");
        members.put("hostId", "\"host\"");
        members.put("incarnation", "\"life\"");
        members.put("address", "{\"host\":\"localhost\",\"port\":8000}");
        members.put("epoch", "1");
        members.put("room", "{\"type\":\"chat\"}");
        return members;
    }

    static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
