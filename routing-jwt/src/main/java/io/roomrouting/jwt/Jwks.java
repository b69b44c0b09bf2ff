package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Public keys as JSON: key sets (RFC 7517, members by RFC 7518, section 6) and thumbprints (RFC 7638). */
final class Jwks {

    /** The largest set that is read, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_KEYS = 64;

    /** A coordinate on P-256, in bytes; leading zeros are part of it. */
    private static final int COORDINATE_BYTES = 32;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Jwks() {}

    static String write(List<JwtKey> keys) {
        byte[] json = StrictJson.write(set -> {
            set.writeArrayFieldStart("keys");
            for (JwtKey key : keys) {
                writePublicHalf(key, set);
            }
            set.writeEndArray();
        });
        return new String(json, UTF_8);
    }

    /** Writes nothing for a secret, which has no public half. */
    private static void writePublicHalf(JwtKey key, JsonGenerator set) throws IOException {
        Optional<PublicKey> publicKey = key.publicKey();
        if (publicKey.isPresent()) {
            set.writeStartObject();
            requiredMembers(publicKey.get()).writeTo(set);
            set.writeStringField("use", "sig");
            set.writeStringField("alg", key.algorithm().name());
            set.writeStringField("kid", key.id().orElseThrow());
            set.writeEndObject();
        }
    }

    static String thumbprint(PublicKey key) {
        try {
            byte[] members = StrictJson.write(requiredMembers(key));
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(members));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /** Reads the keys that can be used; of several with one name, the first. */
    static List<JwtKey> read(String json) {
        byte[] utf8 = json.getBytes(UTF_8);
        if (utf8.length > MAX_BYTES) {
            throw new IllegalArgumentException("the key set has more than " + MAX_BYTES + " bytes");
        }
        Map<Optional<String>, JwtKey> keys = new LinkedHashMap<>();
        for (Object element : elements(utf8)) {
            if (element instanceof Map<?, ?> members) {
                key(members).ifPresent(key -> keys.putIfAbsent(key.id(), key));
            }
        }
        return List.copyOf(keys.values());
    }

    /** The members that make a key, in the order that RFC 7638 hashes them in. */
    private static MembersWriter requiredMembers(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return json -> {
                json.writeStringField("crv", "P-256");
                json.writeStringField("kty", "EC");
                json.writeStringField("x", encode(ec.getW().getAffineX(), COORDINATE_BYTES));
                json.writeStringField("y", encode(ec.getW().getAffineY(), COORDINATE_BYTES));
            };
        }
        RSAPublicKey rsa = (RSAPublicKey) key;
        return json -> {
            json.writeStringField("e", encode(rsa.getPublicExponent(), 1));
            json.writeStringField("kty", "RSA");
            json.writeStringField("n", encode(rsa.getModulus(), 1));
        };
    }

    private static List<?> elements(byte[] utf8) {
        try {
            if (StrictJson.read(utf8).get("keys") instanceof List<?> keys && keys.size() <= MAX_KEYS) {
                return keys;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the key set is not a well-formed JSON object", e);
        }
        throw new IllegalArgumentException("a key set has an array, keys, of at most " + MAX_KEYS);
    }

    private static Optional<JwtKey> key(Map<?, ?> members) {
        try {
            JwtKey key = JwtKey.ofPublic(publicKey(members));
            boolean forSignatures = isAbsentOr("sig", members.get("use"))
                    && isAbsentOr(key.algorithm().name(), members.get("alg"));
            if (!forSignatures) {
                return Optional.empty();
            }
            return Optional.of(members.get("kid") instanceof String id ? key.withId(id) : key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Of a kind that is not used here, or malformed: passed over, so that the set's other keys can be used.
            return Optional.empty();
        }
    }

    private static PublicKey publicKey(Map<?, ?> members) throws GeneralSecurityException {
        if ("EC".equals(members.get("kty")) && "P-256".equals(members.get("crv"))) {
            ECPoint point = new ECPoint(number(members.get("x")), number(members.get("y")));
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, JwtAlgorithm.P256));
        }
        if ("RSA".equals(members.get("kty"))) {
            var spec = new RSAPublicKeySpec(number(members.get("n")), number(members.get("e")));
            return KeyFactory.getInstance("RSA").generatePublic(spec);
        }
        throw new IllegalArgumentException("the key is of another type");
    }

    private static boolean isAbsentOr(String wanted, @Nullable Object member) {
        return member == null || wanted.equals(member);
    }

    private static BigInteger number(@Nullable Object member) {
        if (member instanceof String text) {
            return new BigInteger(1, Base64.getUrlDecoder().decode(text));
        }
        throw new IllegalArgumentException("a number of the key is missing");
    }

    /** Big-endian without a sign, padded with zeros to a length. */
    private static String encode(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        int from = signed[0] == 0 && signed.length > 1 ? 1 : 0;
        byte[] magnitude = Arrays.copyOfRange(signed, from, signed.length);
        byte[] padded = new byte[Math.max(length, magnitude.length)];
        System.arraycopy(magnitude, 0, padded, padded.length - magnitude.length, magnitude.length);
        return BASE64.encodeToString(padded);
    }
}
