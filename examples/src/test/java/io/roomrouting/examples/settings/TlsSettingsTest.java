package io.roomrouting.examples.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.jetty.ListenSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {

    private static final ListenSettings PLAIN = ListenSettings.onPort(8443);

    @TempDir
    static Path folder;

    private static Path file = Path.of("");

    @BeforeAll
    static void makeKeyStore() {
        file = TestCertificate.in(folder).file();
    }

    private static Settings with(String name, String value, String otherName, String otherValue) {
        return Settings.of(Map.of(name, value, otherName, otherValue));
    }

    @Test
    void aKeyStoreAndItsPasswordTurnTlsOn() {
        Settings settings = with("TLS_KEY_STORE", file.toString(), "TLS_KEY_STORE_PASSWORD", TestCertificate.PASSWORD);

        ListenSettings secure = TlsSettings.CLIENTS.applyTo(PLAIN, settings);

        assertThat(secure).isEqualTo(PLAIN.withTls(new ListenSettings.KeyStoreFile(file, TestCertificate.PASSWORD)));
        assertThat(TlsSettings.CLIENTS.isOn(settings)).isTrue();
    }

    @Test
    void eachListenerHasItsOwn() {
        Settings settings =
                with("ADMIN_TLS_KEY_STORE", file.toString(), "ADMIN_TLS_KEY_STORE_PASSWORD", TestCertificate.PASSWORD);

        assertThat(TlsSettings.CLIENTS.applyTo(PLAIN, settings)).isEqualTo(PLAIN);
        assertThat(TlsSettings.CLIENTS.isOn(settings)).isFalse();
        assertThat(TlsSettings.ADMIN.applyTo(PLAIN, settings).tls()).isPresent();
        assertThat(TlsSettings.ADMIN.isOn(settings)).isTrue();
    }

    @Test
    void oneWithoutTheOtherIsRefused() {
        assertRefused(
                with("TLS_KEY_STORE", file.toString(), "TLS_KEY_STORE_PASSWORD", ""),
                "TLS_KEY_STORE_PASSWORD is not set; expected: the password of TLS_KEY_STORE");
        assertRefused(
                with("TLS_KEY_STORE", "", "TLS_KEY_STORE_PASSWORD", "hidden-password"),
                "TLS_KEY_STORE is not set, but TLS_KEY_STORE_PASSWORD is; expected: both or neither");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"localhost.p12|the password does not open it", "none.p12|there is no such file", ".|Is a directory"
            })
    void aFileThatCannotBeUsedIsRefusedInOneLine(String name, String why) {
        Path path = folder.resolve(name);

        assertRefused(
                with("TLS_KEY_STORE", path.toString(), "TLS_KEY_STORE_PASSWORD", "hidden-password"),
                "TLS_KEY_STORE = \"" + path + "\" is not accepted; expected: the path of a PKCS #12 or JKS file with a"
                        + " private key and its certificate chain, which TLS_KEY_STORE_PASSWORD opens; but " + why);
    }

    private static void assertRefused(Settings settings, String line) {
        assertThatThrownBy(() -> TlsSettings.CLIENTS.applyTo(PLAIN, settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(line);
    }

    @Test
    void onlyTheKeyStoresOfACommandAreLookedAt() {
        Settings settings =
                with("ADMIN_TLS_KEY_STORE", folder.resolve("none.p12").toString(), "ADMIN_TLS_KEY_STORE_PASSWORD", "x");

        TlsSettings.requireUsable(TlsSettings.CLIENTS.all(), settings);
        assertThatThrownBy(() -> TlsSettings.requireUsable(TlsSettings.ADMIN.all(), settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("ADMIN_TLS_KEY_STORE = ")
                .hasMessageEndingWith("; but there is no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                          '',    ws://localhost:8000",
        "'',                          a.p12, wss://localhost:8000",
        "chat.example.com:443,        a.p12, wss://chat.example.com:443",
        "ws://chat.example.com:443,   a.p12, ws://chat.example.com:443",
        "chat.example.com:443,        '',    ws://chat.example.com:443",
        "wss://chat.example.com:443,  '',    wss://chat.example.com:443",
    })
    void theAddressThatIsToldFitsUnlessItSaysOtherwise(String address, String keyStore, String told) {
        var setting = PublicAddress.setting("where clients reach it", "localhost");
        Settings settings = with("PUBLIC_ADDRESS", address, "TLS_KEY_STORE", keyStore);

        assertThat(PublicAddress.in(settings, setting, "localhost", 8000).url()).isEqualTo(told);
    }

    @Test
    void theHelpTellsBoth() {
        assertThat(SettingsHelp.of(List.copyOf(TlsSettings.ADMIN.all())))
                .contains("ADMIN_TLS_KEY_STORE\n", "ADMIN_TLS_KEY_STORE_PASSWORD\n", "not set: plain HTTP");
    }
}
