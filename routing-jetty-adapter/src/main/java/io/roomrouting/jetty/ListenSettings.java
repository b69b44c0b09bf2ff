package io.roomrouting.jetty;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a server listens. Immutable; every {@code with} returns a changed copy and refuses values out of bounds.
 *
 * @param port 1 to 65535, or 0 for any free one
 * @param bindAddress the name or IP address of the network interface; empty for all of them
 * @param tls the server's key and certificate for TLS; empty for plain HTTP, for a proxy in front or for development
 * @param trustedProxies how many of one's own proxies stand in front, 0 to 16. That many entries of
 *     {@code X-Forwarded-For}, counted from the right, are believed, and the last of them is the client's address. With 0
 *     the header is ignored, since anybody can send it
 * @param stopTimeout how long a stop waits for requests that are under way, at most 5 minutes
 */
public record ListenSettings(
        int port, Optional<String> bindAddress, Optional<KeyStoreFile> tls, int trustedProxies, Duration stopTimeout) {

    private static final int MAX_PROXIES = 16;
    private static final Duration LONGEST_STOP = Duration.ofMinutes(5);

    /**
     * A key store with one private key and its certificate chain, PKCS #12 or JKS. A server reads it again when it
     * changes, within a few seconds: connections that are there go on, new ones get the new certificate. A file that
     * cannot be used is reported in the log, and changes nothing.
     *
     * @param path the file, of at most 1 MiB
     * @param password opens it and the key in it; a secret, left out of {@link #toString()}
     */
    public record KeyStoreFile(Path path, String password) {

        /**
         * Reads the file as a server does when it starts, to find a mistake early. May block on the file system.
         *
         * @throws IOException if it cannot be used; the message tells why, in a few words that hold no secret
         */
        public void requireUsable() throws IOException {
            KeyStoreContent.open(KeyStoreContent.read(path), password);
        }

        @Override
        public String toString() {
            return "KeyStoreFile[path=" + path + ", password=<redacted>]";
        }
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public ListenSettings {
        check(port >= 0 && port <= 65535, "port is " + port + ", must be 0 to 65535");
        check(
                trustedProxies >= 0 && trustedProxies <= MAX_PROXIES,
                "trustedProxies is " + trustedProxies + ", must be 0 to " + MAX_PROXIES);
        check(
                !stopTimeout.isNegative() && stopTimeout.compareTo(LONGEST_STOP) <= 0,
                "stopTimeout is " + stopTimeout + ", must be 0 to " + LONGEST_STOP);
    }

    /**
     * Listens on all interfaces, in plain HTTP, with no proxy in front; a stop waits for 5 seconds.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @return the settings
     * @throws IllegalArgumentException if the port is out of bounds
     */
    public static ListenSettings onPort(int port) {
        return new ListenSettings(port, Optional.empty(), Optional.empty(), 0, Duration.ofSeconds(5));
    }

    /**
     * Changes {@link #bindAddress()}.
     *
     * @param value the name or IP address of the network interface, for example {@code 127.0.0.1}
     * @return a changed copy
     */
    public ListenSettings withBindAddress(String value) {
        return new ListenSettings(port, Optional.of(value), tls, trustedProxies, stopTimeout);
    }

    /**
     * Changes {@link #tls()}: from now on TLS 1.2 and 1.3, and nothing else. A client has 10 seconds for its handshake.
     *
     * @param keyStore the key store
     * @return a changed copy
     */
    public ListenSettings withTls(KeyStoreFile keyStore) {
        return new ListenSettings(port, bindAddress, Optional.of(keyStore), trustedProxies, stopTimeout);
    }

    /**
     * Changes {@link #trustedProxies()}.
     *
     * @param count 0 to 16
     * @return a changed copy
     * @throws IllegalArgumentException if the count is out of bounds
     */
    public ListenSettings withTrustedProxies(int count) {
        return new ListenSettings(port, bindAddress, tls, count, stopTimeout);
    }

    /**
     * Changes {@link #stopTimeout()}.
     *
     * @param value zero to 5 minutes
     * @return a changed copy
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public ListenSettings withStopTimeout(Duration value) {
        return new ListenSettings(port, bindAddress, tls, trustedProxies, value);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
