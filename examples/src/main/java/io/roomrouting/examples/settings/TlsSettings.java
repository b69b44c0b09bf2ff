package io.roomrouting.examples.settings;

import io.roomrouting.jetty.ListenSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a listener speaks TLS: a key store and its password, both or neither. A server may have several listeners. */
public final class TlsSettings {

    /** Of the listener that clients connect to. */
    public static final TlsSettings CLIENTS = new TlsSettings("TLS_KEY_STORE", "clients connect");

    /** Of the listener that operators connect to. */
    public static final TlsSettings ADMIN = new TlsSettings("ADMIN_TLS_KEY_STORE", "operators connect");

    private static final String FORM =
            "the path of a PKCS #12 or JKS file with a private key and its certificate chain";

    private final Setting<Optional<Path>> keyStore;
    private final Setting<Optional<String>> password;

    private TlsSettings(String name, String where) {
        keyStore = Setting.of(
                        name,
                        "the certificate to speak TLS with where " + where + "; read again when the file changes",
                        FORM,
                        Path::of)
                .orElseNone("plain HTTP");
        password = Setting.<String>of(name + "_PASSWORD", "opens " + name, "the password of " + name, text -> text)
                .secret()
                .orElseNone("needed with " + name + " only");
    }

    /**
     * Returns what is read.
     *
     * @return the settings, in the order of the help
     */
    public List<Setting<?>> all() {
        return List.of(keyStore, password);
    }

    /**
     * Tells whether the listener speaks TLS.
     *
     * @param settings what the operator has set
     * @return whether there is a key store
     */
    public boolean isOn(Settings settings) {
        return settings.get(keyStore).isPresent();
    }

    /**
     * Reads the key stores that a command has settings for, so that a mistake is told before anything else happens.
     *
     * @param known the command's settings
     * @param settings what the operator has set
     * @throws ConfigurationException if a file cannot be used, or only one of both is set
     */
    public static void requireUsable(List<Setting<?>> known, Settings settings) {
        Stream.of(CLIENTS, ADMIN).filter(tls -> known.contains(tls.keyStore)).forEach(tls -> tls.keyStoreIn(settings));
    }

    /**
     * Lets a listener speak TLS if there is a key store.
     *
     * @param plain everything else
     * @param settings what the operator has set
     * @return a changed copy, or the same without a key store
     * @throws ConfigurationException if the file cannot be used, or only one of both is set
     */
    public ListenSettings applyTo(ListenSettings plain, Settings settings) {
        return keyStoreIn(settings).map(plain::withTls).orElse(plain);
    }

    private Optional<ListenSettings.KeyStoreFile> keyStoreIn(Settings settings) {
        Optional<String> secret = settings.get(password);
        Optional<Path> path = settings.get(keyStore);
        if (path.isEmpty() && secret.isPresent()) {
            throw new ConfigurationException(
                    keyStore.name() + " is not set, but " + password.name() + " is; expected: both or neither");
        }
        return path.map(file -> usable(file, secret.orElseThrow(password::missing)));
    }

    private ListenSettings.KeyStoreFile usable(Path path, String secret) {
        ListenSettings.KeyStoreFile file = new ListenSettings.KeyStoreFile(path, secret);
        try {
            file.requireUsable();
            return file;
        } catch (IOException e) {
            ConfigurationException refused = keyStore.refused(
                    path.toString(), FORM + ", which " + password.name() + " opens; but " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }
}
