package io.roomrouting.examples.chatroom;

import io.roomrouting.HostAddress;
import io.roomrouting.examples.chatroom.accounts.AttemptLimits;
import io.roomrouting.examples.chatroom.accounts.LoginSettings;
import io.roomrouting.examples.chatroom.accounts.NewerTables;
import io.roomrouting.examples.engines.DatabaseUrl;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.PublicAddress;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.AllowedOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the chat room alone can be told. */
final class ChatroomSettings {

    static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 3000);

    static final Setting<DatabaseUrl> DATABASE_URL = EngineSettings.databaseOr("jdbc:h2:file:./chatroom");

    static final Setting<Integer> BCRYPT_COST = Setting.number(
                    "BCRYPT_COST", "how dear it is to guess a password; each step doubles it", 4, 16)
            .orElse("12");

    static final Setting<Integer> DRAIN_SECONDS = Setting.number(
                    "DRAIN_SECONDS", "over how long the clients' returns are spread when the server stops", 0, 600)
            .orElse("5");

    private static final LoginSettings LOGINS = LoginSettings.defaults();
    private static final AttemptLimits LIMITS = AttemptLimits.defaults();

    private static final Setting<Optional<PublicAddress.Told>> PUBLIC_ADDRESS = PublicAddress.setting(
            "where clients reach this very server, also when there are others", "localhost and PORT");

    private static final Setting<Optional<List<String>>> FRONTEND_URL = Setting.of(
                    "FRONTEND_URL",
                    "which web pages of other origins may use the server from a browser",
                    "comma-separated origins, such as https://chat.example.com",
                    ChatroomSettings::originsIn)
            .orElseNone("none but the server's own");

    private static final Setting<Integer> LOGIN_DAYS = Setting.number(
                    "LOGIN_DAYS", "after how many days without use one has to log in again", 1, 365)
            .orElse(Long.toString(LOGINS.lifetime().toDays()));

    private static final Setting<Integer> ATTEMPTS_PER_ADDRESS = Setting.number(
                    "ATTEMPTS_PER_ADDRESS",
                    "how often one network address may register or log in within five minutes",
                    1,
                    1_000_000)
            .orElse(Integer.toString(LIMITS.perAddress()));

    private static final Setting<Integer> FAILURES_PER_ADDRESS = Setting.number(
                    "FAILURES_PER_ADDRESS",
                    "how many log-ins from one network address may fail within five minutes",
                    1,
                    1_000_000)
            .orElse(Integer.toString(LIMITS.failuresPerAddress()));

    private static final Setting<Integer> FAILURES_PER_NAME = Setting.number(
                    "FAILURES_PER_NAME", "how many log-ins under one name may fail within five minutes", 1, 1_000_000)
            .orElse(Integer.toString(LIMITS.failuresPerName()));

    static final List<Setting<?>> ALL = List.of(
            PORT,
            PUBLIC_ADDRESS,
            FRONTEND_URL,
            BCRYPT_COST,
            LOGIN_DAYS,
            ATTEMPTS_PER_ADDRESS,
            FAILURES_PER_ADDRESS,
            FAILURES_PER_NAME,
            DRAIN_SECONDS,
            ContinuitySettings.RESUME_GRACE,
            ServerSettings.BIND_ADDRESS,
            ServerSettings.TRUSTED_PROXIES);

    private ChatroomSettings() {}

    static HostAddress addressIn(Settings settings) {
        return PublicAddress.in(settings, PUBLIC_ADDRESS, "localhost", settings.get(PORT));
    }

    /** The pages of other origins that are allowed, and the server's own. */
    static AllowedOrigins originsOf(Settings settings) {
        HostAddress own = addressIn(settings);
        List<String> origins = new ArrayList<>(settings.get(FRONTEND_URL).orElseGet(List::of));
        String scheme = own.secure() ? "https://" : "http://";
        origins.add(scheme + own.authority());
        if (own.host().equals("localhost")) {
            origins.add(scheme + "127.0.0.1:" + own.port());
        }
        return AllowedOrigins.of(origins);
    }

    static LoginSettings loginsIn(Settings settings) {
        return LOGINS.withLifetime(Duration.ofDays(settings.get(LOGIN_DAYS)));
    }

    static AttemptLimits limitsIn(Settings settings) {
        return new AttemptLimits(
                settings.get(ATTEMPTS_PER_ADDRESS),
                settings.get(FAILURES_PER_ADDRESS),
                settings.get(FAILURES_PER_NAME));
    }

    static ConfigurationException newerDatabase(NewerTables why) {
        return new ConfigurationException(
                DATABASE_URL.name() + ": " + why.getMessage() + "; expected: a database that no newer version has used",
                why);
    }

    /** People copy an address with the slash at its end. */
    private static List<String> originsIn(String text) {
        List<String> origins = ServerSettings.listIn(text).stream()
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .toList();
        AllowedOrigins.of(origins);
        return origins;
    }
}
