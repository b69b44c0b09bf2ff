package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.RoutingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * A password that bcrypt can tell from every other: 8 to 72 bytes in UTF-8, since bcrypt looks at no more, and without the
 * character zero, at which it begins again. However a keyboard composes an accented letter, it is the same letter (Unicode's
 * form C, as in RFC 8265).
 */
final class Password {

    static final int MIN_BYTES = 8;
    static final int MAX_BYTES = 72;

    private final byte[] utf8;

    private Password(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Takes the password of a new account. */
    static Password chosen(String text) {
        return find(text)
                .orElseThrow(() -> RoutingException.invalid("A password has " + MIN_BYTES + " to " + MAX_BYTES
                        + " bytes (most letters are one byte, accented ones two) and no character zero"));
    }

    /** Returns the password if any account can have it. */
    static Optional<Password> find(String text) {
        byte[] utf8 = Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        boolean fits = utf8.length >= MIN_BYTES && utf8.length <= MAX_BYTES && text.indexOf('\0') < 0;
        return fits ? Optional.of(new Password(utf8)) : Optional.empty();
    }

    byte[] utf8() {
        return utf8.clone();
    }

    @Override
    public String toString() {
        return "Password[<redacted>]";
    }
}
