package io.roomrouting.hms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token taken apart by hand. */
record Decoded(JsonNode header, JsonNode claims, boolean sealedWith) {

    static Decoded of(String token, String secret) {
        String[] parts = token.split("\\.", -1);
        Base64.Decoder base64 = Base64.getUrlDecoder();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            byte[] seal = mac.doFinal((parts[0] + "." + parts[1]).getBytes(UTF_8));
            ObjectMapper json = new ObjectMapper();
            return new Decoded(
                    json.readTree(base64.decode(parts[0])),
                    json.readTree(base64.decode(parts[1])),
                    Arrays.equals(seal, base64.decode(parts[2])));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        claims.fieldNames().forEachRemaining(names::add);
        return names;
    }

    String text(String name) {
        return claims.path(name).textValue();
    }

    long number(String name) {
        return claims.path(name).longValue();
    }
}
