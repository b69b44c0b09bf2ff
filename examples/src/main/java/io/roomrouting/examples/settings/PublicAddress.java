package io.roomrouting.examples.settings;

import io.roomrouting.HostAddress;
import java.util.Optional;

/** Where clients reach a server, as its operator tells it: {@code ws://} and {@code wss://} may be left out. */
public final class PublicAddress {

    private static final String NAME = "PUBLIC_ADDRESS";

    private PublicAddress() {}

    /**
     * What is told.
     *
     * @param address where it is
     * @param scheme whether it says if clients use TLS
     */
    public record Told(HostAddress address, boolean scheme) {

        private static Told of(String text) {
            return new Told(HostAddress.parse(text), text.contains("://"));
        }

        private HostAddress servedWith(boolean tls) {
            return scheme ? address : new HostAddress(address.host(), address.port(), tls);
        }
    }

    /**
     * Declares the setting.
     *
     * @param purpose what it is for, in a few words
     * @param without what holds if it is not set, in a few words
     * @return the setting
     */
    public static Setting<Optional<Told>> setting(String purpose, String without) {
        return Setting.of(NAME, purpose, "host:port, ws://host:port or wss://host:port", Told::of)
                .orElseNone(without + ", wss:// with a TLS_KEY_STORE");
    }

    /**
     * Reads the address.
     *
     * @param settings what the operator has set
     * @param setting as declared
     * @param host how clients reach this machine if it is not set
     * @param port where this server listens if it is not set
     * @return with TLS if it says so, or does not say and the clients' listener speaks TLS
     */
    public static HostAddress in(Settings settings, Setting<Optional<Told>> setting, String host, int port) {
        boolean tls = TlsSettings.CLIENTS.isOn(settings);
        return settings.get(setting)
                .map(told -> told.servedWith(tls))
                .orElseGet(() -> new HostAddress(host, port, tls));
    }
}
