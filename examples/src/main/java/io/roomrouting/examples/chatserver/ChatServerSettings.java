package io.roomrouting.examples.chatserver;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.session.RoomLimits;
import io.roomrouting.examples.settings.ApiKeys;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.jetty.BalancerRegistration;
import io.roomrouting.jetty.PortRange;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.session.RoomSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the chat server can be told. */
final class ChatServerSettings {

    static final Setting<Integer> PORT = Setting.port("PORT", "where rooms are created", 80);
    static final Setting<String> KEY = ApiKeys.setting("KEY", "what is needed to create rooms");
    static final Setting<Integer> ADMIN_PORT = Setting.port("ADMIN_PORT", "where operators connect", 8090);
    static final Setting<String> LOADBALANCER_KEY =
            ApiKeys.setting("LOADBALANCER_KEY", "what the load balancers ask for, their KEY");
    static final Setting<Optional<List<URI>>> LOADBALANCERS = Setting.<List<URI>>of(
                    "LOADBALANCERS",
                    "the load balancers to register with",
                    "comma-separated base URLs, such as http://lb-1:8100,http://lb-2:8100",
                    ChatServerSettings::urlsIn)
            .orElseNone("none");

    static final Setting<String> VERSION = Setting.<String>of(
                    "VERSION",
                    "what clients ask load balancers for",
                    "1 to 64 of A-Z a-z 0-9 . _ + ~ -",
                    ChatServerSettings::version)
            .orElse(Command.VERSION);

    private static final String TLS = "wss://";

    private static final Setting<HostAddress> HOST = Setting.<HostAddress>of(
                    "HOST",
                    "how clients and load balancers reach this machine",
                    "a host name or an IP address, with " + TLS + " before it if a proxy speaks TLS",
                    ChatServerSettings::hostIn)
            .orElse("localhost");
    private static final Setting<PortRange> ROOM_PORTS = Setting.<PortRange>of(
                    "ROOM_PORTS",
                    "where the rooms' ports are taken from",
                    "two ports with a hyphen between, at most 1000 in all",
                    PortRange::parse)
            .orElse("34000-34050");
    private static final Setting<Optional<Integer>> MAX_ROOMS = Setting.number(
                    "MAX_ROOMS", "how many rooms the server takes, not more than it has ports", 1, PortRange.MOST)
            .orElseNone("as many as there are ROOM_PORTS");
    private static final Setting<Integer> DRAIN_SECONDS = Setting.number(
                    "DRAIN_SECONDS", "over how long the clients' returns are spread when the server stops", 0, 600)
            .orElse("5");
    private static final Setting<Optional<String>> JWT_SECRET = Setting.<String>of(
                    TokenSettings.JWT_SECRET.name(),
                    "signs and checks tickets (HS256)",
                    "any text, best 32 random bytes or more (openssl rand -base64 32 makes one)",
                    Function.identity())
            .secret()
            .orElseNone("made anew for every run");

    static final List<Setting<?>> ALL = Stream.of(
                    List.of(
                            PORT,
                            KEY,
                            HOST,
                            ROOM_PORTS,
                            MAX_ROOMS,
                            VERSION,
                            LOADBALANCERS,
                            LOADBALANCER_KEY,
                            JWT_SECRET,
                            DRAIN_SECONDS,
                            ContinuitySettings.RESUME_GRACE),
                    ServerSettings.ALL,
                    AdminSettings.with(ADMIN_PORT),
                    RoomLimits.OF_ANY_HOST)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private ChatServerSettings() {}

    /** Where rooms are created; the rooms themselves are at the same host, on ports of their own. */
    static HostAddress addressIn(Settings settings) {
        HostAddress host = settings.get(HOST);
        return new HostAddress(host.host(), settings.get(PORT), host.secure() || TlsSettings.CLIENTS.isOn(settings));
    }

    static PortRange portsIn(Settings settings) {
        return settings.get(ROOM_PORTS);
    }

    static HostCapacity capacityIn(Settings settings) {
        int ports = portsIn(settings).size();
        int rooms = settings.get(MAX_ROOMS).orElse(ports);
        if (rooms > ports) {
            throw MAX_ROOMS.refused(Integer.toString(rooms), "at most " + ports + ", the number of ROOM_PORTS");
        }
        return new HostCapacity(rooms, RoomLimits.ofHost(settings).connections());
    }

    static RoomSettings roomsIn(Settings settings) {
        RoomSettings rooms = RoomLimits.ofRooms(settings);
        if (rooms.idleTimeout().isZero()) {
            throw RoomLimits.ROOM_IDLE_SECONDS.refused(
                    "0", "at least 1, since rooms are created before anybody is in them");
        }
        return rooms;
    }

    static Duration drainSpreadIn(Settings settings) {
        return Duration.ofSeconds(settings.get(DRAIN_SECONDS));
    }

    /** Keys that sign tickets. Warns of a short secret. */
    static JwtKeys keysIn(Settings settings) {
        return settings.get(JWT_SECRET).isPresent()
                ? TokenSettings.signingKeys(settings)
                : JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    }

    /** Its port is not told here, and does not count. */
    private static HostAddress hostIn(String text) {
        boolean secure = text.startsWith(TLS);
        return new HostAddress(secure ? text.substring(TLS.length()) : text, 1, secure);
    }

    private static List<URI> urlsIn(String text) {
        List<URI> urls = ServerSettings.listIn(text).stream().map(URI::create).toList();
        // Refuses what is no base URL.
        BalancerRegistration.builder(urls, "unused");
        return urls;
    }

    private static String version(String text) {
        if (!text.matches("[A-Za-z0-9._+~-]{1,64}")) {
            throw new IllegalArgumentException("not a version");
        }
        return text;
    }
}
