package io.roomrouting.examples.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Identity;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSettingsTest {

    @TempDir
    Path directory;

    private Path pair;
    private Path publicHalf;

    @BeforeEach
    void makeKeys() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        pair = directory.resolve("pair.pem");
        publicHalf = directory.resolve("public.pem");
        Files.writeString(publicHalf, pem("PUBLIC KEY", keys.getPublic()));
        Files.writeString(pair, pem("PRIVATE KEY", keys.getPrivate()) + pem("PUBLIC KEY", keys.getPublic()));
    }

    @Test
    void aSharedSecretOfAnyLengthSignsAndVerifies() {
        Settings settings = Settings.of(Map.of("JWT_SECRET", "short"));

        assertAccepts(settings, settings);
    }

    @Test
    void aSessionServerNeedsOnlyThePublicHalf() {
        assertAccepts(
                Settings.of(Map.of("JWT_KEY_FILE", pair.toString())),
                Settings.of(Map.of("JWT_PUBLIC_KEY_FILE", publicHalf.toString())));
    }

    @Test
    void aSecretIsRequiredUnlessThereIsAKeyPair() {
        assertThatThrownBy(() -> TokenSettings.signingKeys(Settings.of(Map.of("JWT_SECRET", ""))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("JWT_SECRET is not set; expected: any text");
        assertThatThrownBy(() -> TokenSettings.verificationKeys(Settings.of(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("JWT_SECRET is not set");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        Settings both = Settings.of(Map.of("JWT_SECRET", "geheim", "JWT_KEY_FILE", pair.toString()));

        assertThatThrownBy(() -> TokenSettings.signingKeys(both))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("JWT_SECRET and JWT_KEY_FILE are both set; expected: only one of them");
    }

    @Test
    void aFileWithoutTheKeyIsRefused() {
        for (String file : new String[] {
            publicHalf.toString(), directory.resolve("none.pem").toString(), "\0"
        }) {
            assertThatThrownBy(() -> TokenSettings.signingKeys(Settings.of(Map.of("JWT_KEY_FILE", file))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("JWT_KEY_FILE = \"")
                    .hasMessageContaining("PRIVATE KEY and PUBLIC KEY");
        }
    }

    private static void assertAccepts(Settings backend, Settings session) {
        String token = JwtIssuer.of(TokenSettings.signingKeys(backend)).issueLogin(Identity.of("alice"));

        assertThat(JwtVerifier.of(TokenSettings.verificationKeys(session))
                        .logins()
                        .authenticate(token)
                        .user()
                        .value())
                .isEqualTo("alice");
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + kind + "-----\n";
    }
}
