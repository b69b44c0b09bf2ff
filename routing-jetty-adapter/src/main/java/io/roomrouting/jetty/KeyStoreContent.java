package io.roomrouting.jetty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What stands in a key store, ready to be shown to clients. The messages of what goes wrong are part of a sentence about
 * the file, and hold no secret.
 *
 * @param context makes connections that show the certificate
 * @param validUntil when the certificate ends, the first of them if there are several
 */
record KeyStoreContent(SSLContext context, Instant validUntil) {

    private static final int MAX_BYTES = 1 << 20;
    private static final int JKS_MAGIC = 0xFEEDFEED;

    /** Reads the bytes of a file. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("it may not be read by this process", e);
        }
    }

    /** Opens the bytes of a key store, as a server has to. */
    static KeyStoreContent open(byte[] bytes, String password) throws IOException {
        try {
            KeyStore keys = load(bytes, password.toCharArray());
            Instant validUntil = endOfCertificates(keys);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new KeyStoreContent(context, validUntil);
        } catch (UnrecoverableKeyException e) {
            throw new IOException("its key has another password than the key store", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("its key cannot be used", e);
        }
    }

    private static KeyStore load(byte[] bytes, char[] password) throws IOException, GeneralSecurityException {
        boolean jks = bytes.length > Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == JKS_MAGIC;
        KeyStore keys = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
        try {
            keys.load(new ByteArrayInputStream(bytes), password);
            return keys;
        } catch (IOException e) {
            throw new IOException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "the password does not open it"
                            : "it is no PKCS #12 or JKS key store, or not a whole one",
                    e);
        }
    }

    private static Instant endOfCertificates(KeyStore keys) throws IOException, GeneralSecurityException {
        Instant first = null;
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                Instant end = certificate.getNotAfter().toInstant();
                first = first == null || end.isBefore(first) ? end : first;
            }
        }
        if (first == null) {
            throw new IOException("it holds no private key with a certificate");
        }
        return first;
    }
}
