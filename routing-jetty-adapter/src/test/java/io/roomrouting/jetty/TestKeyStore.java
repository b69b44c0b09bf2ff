package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Key stores with a self-signed certificate for the loopback interface. Each is made once, when it is first needed. */
final class TestKeyStore {

    static final String PASSWORD = "changeit";

    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private TestKeyStore() {}

    /** Writes a file with a key pair. */
    static Path in(Path folder) throws IOException {
        return Files.write(folder.resolve("key.p12"), of("localhost"));
    }

    /** The bytes of a key store whose certificate is about this name, and for the loopback interface. */
    static byte[] of(String name) {
        return MADE.computeIfAbsent(name, TestKeyStore::make);
    }

    private static byte[] make(String name) {
        try {
            Path folder = Files.createTempDirectory("keytool");
            Path file = folder.resolve("key.p12");
            Process keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            PASSWORD))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(keytool.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(keytool.exitValue()).isZero();
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Trusts the certificate in such a file, and no other. */
    static SSLContext trusting(Path file) throws Exception {
        return trusting(Files.readAllBytes(file));
    }

    private static SSLContext trusting(byte[]... keyStores) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (byte[] bytes : keyStores) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(bytes), PASSWORD.toCharArray());
            trusted.setCertificateEntry(Integer.toString(trusted.size()), keys.getCertificate("server"));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Connects as a client that has never been there, and trusts the certificates about these names. */
    static SSLSocket connect(int port, String... names) throws Exception {
        byte[][] keyStores = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            keyStores[i] = of(names[i]);
        }
        SSLSocket socket =
                (SSLSocket) trusting(keyStores).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(40_000);
        return socket;
    }

    /** Whose certificate the server shows. */
    static String shownBy(SSLSocket socket) throws Exception {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** Whose certificate a server shows to a client that has never been there; this one or that. */
    static String shownAt(int port, String... names) throws Exception {
        try (SSLSocket socket = connect(port, names)) {
            return shownBy(socket);
        }
    }
}
