package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.RoutingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Connections by TLS to a server with a certificate that only those trust who were told to. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static KeyStore keys;

    @BeforeAll
    static void makeCertificate() throws Exception {
        directory = Files.createTempDirectory(Path.of("target"), "tls-").toAbsolutePath();
        keys = certificate();
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.redis.Engine#ALL")
    void who_trusts_the_certificate_is_served_and_who_does_not_or_finds_another_name_is_not(Engine engine)
            throws Exception {
        int port = RedisServer.freePort();
        try (RedisServer server = engine.start(
                "--tls-port", Integer.toString(port),
                "--tls-cert-file",
                        pem("cert", "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
                "--tls-key-file", pem("key", "PRIVATE KEY", key().getEncoded()),
                "--tls-ca-cert-file", directory.resolve("cert.pem").toString(),
                "--tls-auth-clients", "no",
                "--requirepass", "secret")) {
            assertThat(server.port()).isNotEqualTo(port);
            SSLSocketFactory trusting = trusting();

            try (RedisDatabase database = RedisDatabase.builder("rediss://:secret@localhost:" + port)
                    .tls(trusting)
                    .build()) {
                assertThat(RedisRegistry.in(database).list()).isEmpty();
            }
            assertRefused(RedisDatabase.builder("rediss://:secret@localhost:" + port));
            assertRefused(
                    RedisDatabase.builder("rediss://:secret@127.0.0.1:" + port).tls(trusting));
            assertRefused(RedisDatabase.builder("redis://:secret@localhost:" + port));
        }
    }

    private static void assertRefused(RedisDatabaseBuilder builder) {
        try (RedisDatabase database = builder.build()) {
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> RedisRegistry.in(database).list())
                    .withMessage("Redis is out of reach");
        }
    }

    private static KeyStore certificate() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD);
        }
        return made;
    }

    private static PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) keys.getKey("redis", PASSWORD);
    }

    private static String pem(String name, String what, byte[] content) throws IOException {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path file = directory.resolve(name + ".pem");
        Files.write(file, List.of("-----BEGIN " + what + "-----", encoded, "-----END " + what + "-----"));
        return file.toString();
    }

    private static SSLSocketFactory trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
