package io.roomrouting.examples.settings;

import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.ListenSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every server needs to know: where it listens, and who may talk to it from a browser. */
public final class ServerSettings {

    /** The network interface. */
    public static final Setting<Optional<String>> BIND_ADDRESS = Setting.<String>of(
                    "BIND_ADDRESS",
                    "the network interface to listen on",
                    "an IP address or a host name of this machine, such as 127.0.0.1",
                    text -> text)
            .orElseNone("all of them");

    /** Web pages of other origins. */
    public static final Setting<Optional<AllowedOrigins>> ALLOWED_ORIGINS = Setting.of(
                    "ALLOWED_ORIGINS",
                    "which web pages of other origins may talk to the server from a browser",
                    "comma-separated origins, such as https://chat.example.com,http://localhost:8080",
                    text -> AllowedOrigins.of(listIn(text)))
            .orElseNone("none");

    /** Proxies in front. */
    public static final Setting<Integer> TRUSTED_PROXIES = Setting.number(
                    "TRUSTED_PROXIES",
                    "how many of your own proxies stand in front; so many entries of X-Forwarded-For are believed",
                    0,
                    16)
            .orElse("0");

    /** All of these, in the order of the help. */
    public static final List<Setting<?>> ALL = Stream.concat(
                    Stream.of(BIND_ADDRESS, ALLOWED_ORIGINS, TRUSTED_PROXIES), TlsSettings.CLIENTS.all().stream())
            .toList();

    private ServerSettings() {}

    /**
     * Reads where clients connect.
     *
     * @param settings what the operator has set
     * @param port the command's own setting
     * @return the port and what goes with it, TLS included
     * @throws ConfigurationException if a key store is set and cannot be used
     */
    public static ListenSettings listenOn(Settings settings, Setting<Integer> port) {
        ListenSettings plain =
                ListenSettings.onPort(settings.get(port)).withTrustedProxies(settings.get(TRUSTED_PROXIES));
        ListenSettings bound =
                settings.get(BIND_ADDRESS).map(plain::withBindAddress).orElse(plain);
        return TlsSettings.CLIENTS.applyTo(bound, settings);
    }

    /**
     * Splits a comma-separated list.
     *
     * @param text blanks around an element do not count
     * @return the elements
     */
    public static List<String> listIn(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
