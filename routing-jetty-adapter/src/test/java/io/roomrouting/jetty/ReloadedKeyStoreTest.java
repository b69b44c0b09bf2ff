package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a key store that changes, seen by clients; the test itself says when the file is looked at. */
class ReloadedKeyStoreTest {

    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    @TempDir
    private Path folder;

    private final Server server = new Server();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void start() throws Exception {
        file = Files.write(folder.resolve("key.p12"), TestKeyStore.of(BEFORE));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Serving serve() throws Exception {
        ReloadedKeyStore keyStore =
                new ReloadedKeyStore(new ListenSettings.KeyStoreFile(file, TestKeyStore.PASSWORD), server);
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(keyStore.context(), "http/1.1"), new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        return new Serving(keyStore, connector);
    }

    private record Serving(ReloadedKeyStore keyStore, ServerConnector connector) {

        void look() {
            keyStore.look();
        }

        String shown() throws Exception {
            return TestKeyStore.shownAt(connector.getLocalPort(), BEFORE, AFTER);
        }
    }

    enum Replacement {
        RENAME {
            @Override
            void make(Path file, byte[] content) throws IOException {
                Path fresh = Files.write(file.resolveSibling("fresh"), content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        IN_PLACE {
            @Override
            void make(Path file, byte[] content) throws IOException {
                Files.write(file, content);
            }
        },
        ANEW {
            @Override
            void make(Path file, byte[] content) throws IOException {
                Files.delete(file);
                Files.write(file, content);
            }
        };

        abstract void make(Path file, byte[] content) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void whoComesAfterTheFileHasChangedIsShownTheNewCertificate(Replacement replacement) throws Exception {
        Serving serving = serve();
        assertThat(serving.shown()).isEqualTo("CN=before");

        replacement.make(file, TestKeyStore.of(AFTER));
        serving.look();

        assertThat(serving.shown()).isEqualTo("CN=after");
    }

    @Test
    void aDirectoryThatIsExchangedByASymbolicLinkIsNoticed() throws Exception {
        Path link = folder.resolve("..data");
        Files.createSymbolicLink(link, version("1", BEFORE));
        file = Files.createSymbolicLink(folder.resolve("tls.p12"), Path.of("..data", "tls.p12"));
        Serving serving = serve();

        Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), version("2", AFTER));
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        serving.look();

        assertThat(serving.shown()).isEqualTo("CN=after");
    }

    private Path version(String name, String certificate) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(".." + name));
        Files.write(directory.resolve("tls.p12"), TestKeyStore.of(certificate));
        return directory.getFileName();
    }

    enum Breakage {
        HALF_WRITTEN("not a whole one") {
            @Override
            void make(Path file) throws IOException {
                byte[] whole = TestKeyStore.of(AFTER);
                Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            }
        },
        EMPTY("not a whole one") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        GONE("there is no such file") {
            @Override
            void make(Path file) throws IOException {
                Files.delete(file);
            }
        },
        OTHER_PASSWORD("the password does not open it") {
            @Override
            void make(Path file) throws IOException {
                write(file, "another", store -> {});
            }
        },
        NO_KEY("it holds no private key with a certificate") {
            @Override
            void make(Path file) throws IOException {
                write(file, TestKeyStore.PASSWORD, store -> store.deleteEntry("server"));
            }
        },
        TOO_LARGE("it has more than 1048576 bytes") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[(1 << 20) + 1]);
            }
        };

        private final String reason;

        Breakage(String reason) {
            this.reason = reason;
        }

        abstract void make(Path file) throws IOException;

        private interface Change {
            void on(KeyStore store) throws Exception;
        }

        /** The key store of afterwards, changed and with this password. */
        private static void write(Path file, String password, Change change) throws IOException {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(new ByteArrayInputStream(TestKeyStore.of(AFTER)), TestKeyStore.PASSWORD.toCharArray());
                change.on(store);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                store.store(out, password.toCharArray());
                Files.write(file, out.toByteArray());
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeUsedChangesNothingAndIsToldOnce(Breakage breakage) throws Exception {
        Serving serving = serve();

        breakage.make(file);
        look(serving, 1);
        assertThat(lines("ERROR"))
                .as("it may be in the middle of being written")
                .isEmpty();
        look(serving, 3);

        assertThat(lines("ERROR"))
                .singleElement()
                .asString()
                .contains("The certificate of before stays in use: Cannot use the key store " + file + ": ")
                .endsWith(breakage.reason)
                .doesNotContain(TestKeyStore.PASSWORD);
        assertThat(serving.shown()).isEqualTo("CN=before");
    }

    @Test
    void afterwardsAGoodFileIsTaken() throws Exception {
        Serving serving = serve();
        Breakage.HALF_WRITTEN.make(file);
        look(serving, 2);

        Files.write(file, TestKeyStore.of(AFTER));
        look(serving, 1);

        assertThat(serving.shown()).isEqualTo("CN=after");
        assertThat(lines("INFO"))
                .singleElement()
                .asString()
                .contains("New connections get the certificate that is now in " + file + ", valid until 20");
    }

    @Test
    void theSameBreakageIsToldAgainIfItHadBeenMendedBetween() throws Exception {
        Serving serving = serve();
        for (int i = 0; i < 2; i++) {
            Files.write(file, new byte[] {1});
            look(serving, 3);
            Files.write(file, TestKeyStore.of(BEFORE));
            look(serving, 1);
        }

        assertThat(lines("ERROR")).hasSize(2);
        assertThat(serving.shown()).isEqualTo("CN=before");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAFileOfUseThereIsNoServer(Breakage breakage) throws Exception {
        breakage.make(file);

        assertThatThrownBy(this::serve)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot use the key store " + file + ": ")
                .hasMessageEndingWith(breakage.reason);
    }

    @Test
    void aKeyStoreMayBeOfTheOlderKind() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = TestKeyStore.PASSWORD.toCharArray();
        store.load(new ByteArrayInputStream(TestKeyStore.of(AFTER)), password);
        KeyStore old = KeyStore.getInstance("JKS");
        old.load(null, null);
        old.setKeyEntry("server", store.getKey("server", password), password, store.getCertificateChain("server"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        old.store(out, password);
        Files.write(file, out.toByteArray());

        Serving serving = serve();

        assertThat(serving.shown()).isEqualTo("CN=after");
    }

    private void look(Serving serving, int times) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < times; i++) {
                serving.look();
            }
        } finally {
            System.setErr(before);
        }
    }

    private List<String> lines(String level) {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(level))
                .toList();
    }
}
