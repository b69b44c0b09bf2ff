package io.roomrouting.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    /** Made with Python's {@code hashlib.pbkdf2_hmac}. */
    private static final String FOREIGN =
            "pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$L1aYbGjzdoPwxPhGrTdCzJAIXgv98gXX9F7Efjyq3Og";

    @Test
    void aHashKnowsItsPassword() {
        PasswordHash hash = PasswordHash.of("changeit", 10);

        assertThat(hash.matches("changeit")).isTrue();
        assertThat(hash.matches("changeIt")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(PasswordHash.of("changeit", 10).text()).isNotEqualTo(hash.text());
    }

    @Test
    void aHashIsTheOneThatOthersMake() {
        PasswordHash hash = PasswordHash.parse(FOREIGN);

        assertThat(hash.matches("pässwörd")).isTrue();
        assertThat(hash.matches("password")).isFalse();
        assertThat(hash.text()).isEqualTo(FOREIGN);
    }

    @Test
    void aNewHashIsExpensive() {
        assertThat(PasswordHash.of("x").text()).startsWith("pbkdf2-sha256$600000$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeit",
                "$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS",
                "pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODw$L1aYbGjzdoPwxPhGrTdCzJAIXgv98gXX9F7Efjyq3Og",
                "pbkdf2-sha256$99999999$AAECAwQFBgcICQoLDA0ODw$L1aYbGjzdoPwxPhGrTdCzJAIXgv98gXX9F7Efjyq3Og",
                "pbkdf2-sha256$1000$AAEC$L1aYbGjzdoPwxPhGrTdCzJAIXgv98gXX9F7Efjyq3Og"
            })
    void whatIsNoHashIsRefusedWithoutSayingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .withMessageContaining("pbkdf2-sha256$ITERATIONS$SALT$HASH")
                .withMessageNotContaining("changeit");
    }

    @Test
    void aHashIsNotShown() {
        assertThat(PasswordHash.parse(FOREIGN)).hasToString("PasswordHash[***]");
    }

    @Test
    void aLoginWantsNameAndPassword() {
        AdminLogin login = AdminLogin.of("ann", PasswordHash.of("changeit", 10));

        assertThat(login.accepts("ann", "changeit")).isTrue();
        assertThat(login.accepts("bob", "changeit")).isFalse();
        assertThat(login.accepts("ann", "")).isFalse();
        assertThat(login.accepts("", "changeit")).isFalse();
    }
}
