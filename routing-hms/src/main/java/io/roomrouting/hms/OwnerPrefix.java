package io.roomrouting.hms;

import io.roomrouting.UserId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The beginning of the names of one user's rooms: {@code u-}, 32 characters, a dot.
 *
 * <p>The 32 characters are 160 bits of the SHA-256 of the user's id in base32. So every prefix has the same length, and what
 * follows it cannot be read as part of it; no two users have the same one; and it has no upper case, which 100ms would not
 * tell from lower case. A user's id itself could not stand there: it may have characters that a room's name may not.
 */
final class OwnerPrefix {

    private static final String MARK = "u-";
    private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int BITS_PER_CHARACTER = 5;
    private static final int CHARACTERS = 32;
    private static final int LENGTH = MARK.length() + CHARACTERS + 1;

    private final String prefix;

    private OwnerPrefix(String prefix) {
        this.prefix = prefix;
    }

    static OwnerPrefix of(UserId owner) {
        return new OwnerPrefix(MARK + base32(sha256(utf16(owner.value()))) + '.');
    }

    /** The name that 100ms shall know the owner's room by. */
    String nameOf(String ownName) {
        return prefix + ownName;
    }

    /** Whether the room was created under this prefix, as far as its name tells. */
    boolean isOn(HmsRoom room) {
        String name = room.name();
        return HmsRoomSpec.isName(name)
                && name.length() > LENGTH
                && name.substring(0, LENGTH).toLowerCase(Locale.ROOT).equals(prefix);
    }

    /** The room with the name that its owner gave it. */
    HmsRoom withoutPrefix(HmsRoom room) {
        return isOn(room) ? room.withName(room.name().substring(LENGTH)) : room;
    }

    /** Not UTF-8, in which all halves of surrogate pairs become the same question mark. */
    private static byte[] utf16(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /** The first 160 bits, five at a time. */
    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(CHARACTERS);
        for (int i = 0; i < CHARACTERS; i++) {
            int bit = i * BITS_PER_CHARACTER;
            int two = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
            text.append(BASE32[two >> (16 - BITS_PER_CHARACTER - bit % 8) & 0x1f]);
        }
        return text.toString();
    }
}
