package io.roomrouting.examples.admin;

import io.roomrouting.examples.settings.ApiKeys;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.ListenSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where operators reach a server, and with which keys. */
public final class AdminSettings {

    /** Where the admin listener is; for servers that can do without one. */
    public static final Setting<Optional<Integer>> PORT = Setting.number(
                    "ADMIN_PORT", "where operators find health, metrics, the admin interface and its page", 1, 65535)
            .orElseNone("there is no such listener, and nothing is measured");

    private static final Setting<Optional<String>> KEY =
            ApiKeys.setting("ADMIN_KEY", "opens everything on ADMIN_PORT").orElseNone("needed with ADMIN_PORT");
    private static final Setting<Optional<String>> METRICS_KEY = ApiKeys.setting(
                    "METRICS_KEY", "opens /metrics on ADMIN_PORT, and nothing else")
            .orElseNone("ADMIN_KEY opens it");
    private static final Setting<Optional<String>> BIND_ADDRESS = Setting.<String>of(
                    "ADMIN_BIND_ADDRESS",
                    "the network interface of ADMIN_PORT",
                    "an IP address or a host name of this machine, such as 127.0.0.1",
                    text -> text)
            .orElseNone("that of BIND_ADDRESS");

    private AdminSettings() {}

    /**
     * Returns what is read by a server that has an admin listener only if it is told a port.
     *
     * @return the settings, in the order of the help
     */
    public static List<Setting<?>> all() {
        return with(PORT);
    }

    /**
     * Returns what is read by a server with a port setting of its own.
     *
     * @param ports the ports of its admin listeners; the first is called {@code ADMIN_PORT}
     * @return the settings, in the order of the help
     */
    public static List<Setting<?>> with(Setting<?>... ports) {
        Stream<Setting<?>> keys = Stream.of(KEY, METRICS_KEY, BIND_ADDRESS);
        return Stream.of(Stream.of(ports), keys, TlsSettings.ADMIN.all().stream())
                .<Setting<?>>flatMap(Function.identity())
                .toList();
    }

    static ListenSettings listenOn(int port, Settings settings) {
        ListenSettings plain = ListenSettings.onPort(port);
        ListenSettings bound = settings.get(BIND_ADDRESS)
                .or(() -> settings.get(ServerSettings.BIND_ADDRESS))
                .map(plain::withBindAddress)
                .orElse(plain);
        return TlsSettings.ADMIN.applyTo(bound, settings);
    }

    /** Who may do everything. Warns of a short key. */
    static AdminAccess operators(Settings settings) {
        return AdminAccess.key(ApiKeys.find(settings, KEY).orElseThrow(KEY::missing));
    }

    /** Who may read the metrics. Warns of a short key. */
    static AdminAccess readers(Settings settings) {
        String operators = settings.get(KEY).orElseThrow(KEY::missing);
        return ApiKeys.find(settings, METRICS_KEY)
                .map(key -> AdminAccess.key(operators, key))
                .orElseGet(() -> AdminAccess.key(operators));
    }
}
