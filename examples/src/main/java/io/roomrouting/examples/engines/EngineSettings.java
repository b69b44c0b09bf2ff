package io.roomrouting.examples.engines;

import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which engines a command stands on: the registry of its fleet, and a database. */
public final class EngineSettings {

    /** Where rooms and hosts are known. */
    public static final Setting<EngineUrl> REGISTRY_URL = Setting.<EngineUrl>of(
                    "REGISTRY_URL",
                    "where rooms and their hosts are known; the same for every backend and session server",
                    EngineUrl.FORM,
                    EngineUrl::of)
            .orElseFrom("REDIS_URL")
            .orElse(EngineUrl.MEMORY);

    private static final Setting<Optional<String>> REGISTRY_USER = user("REGISTRY_USER", REGISTRY_URL.name());
    private static final Setting<Optional<String>> REGISTRY_PASSWORD =
            password("REGISTRY_PASSWORD", REGISTRY_URL.name());

    private static final Setting<DatabaseUrl> DATABASE_URL =
            Setting.of("DATABASE_URL", "the database of what is said in rooms", DatabaseUrl.FORM, DatabaseUrl::of);
    private static final Setting<Optional<String>> DATABASE_USER = user("DATABASE_USER", DATABASE_URL.name());
    private static final Setting<Optional<String>> DATABASE_PASSWORD =
            password("DATABASE_PASSWORD", DATABASE_URL.name());

    private static final Setting<Integer> LEASE_SECONDS = Setting.number(
                    "LEASE_SECONDS",
                    "after how many seconds without a sign of life a session server's rooms are given to others;"
                            + " the same for all that share a registry; with " + EngineUrl.MEMORY
                            + " the backend's holds",
                    3,
                    300)
            .orElse("15");

    private static final Duration LONGEST_CALL = Duration.ofSeconds(3);
    private static final int CALLS_PER_LEASE = 3;

    /** What goes with a registry, in the order of the help. */
    public static final List<Setting<?>> OF_REGISTRY =
            List.of(REGISTRY_URL, REGISTRY_USER, REGISTRY_PASSWORD, LEASE_SECONDS);

    private EngineSettings() {}

    /**
     * Returns the database's URL for a command that can do without.
     *
     * @return empty unless it is set
     */
    public static Setting<Optional<DatabaseUrl>> databaseIfWanted() {
        return DATABASE_URL.orElseNone("what is said is kept by the rooms themselves, see STATE_URL");
    }

    /**
     * Returns the database's URL for a command that needs one.
     *
     * @param url what is used unless it is set
     * @return the setting
     */
    public static Setting<DatabaseUrl> databaseOr(String url) {
        return DATABASE_URL.orElse(url);
    }

    /**
     * Returns what goes with a database, in the order of the help.
     *
     * @param url one of the above
     * @return the settings
     */
    public static List<Setting<?>> ofDatabase(Setting<?> url) {
        return List.of(url, DATABASE_USER, DATABASE_PASSWORD);
    }

    /**
     * Says whether the registry is one that several processes share.
     *
     * @param settings what the operator has set
     * @return false for {@code memory:}
     */
    public static boolean sharesRegistry(Settings settings) {
        return !(settings.get(REGISTRY_URL) instanceof EngineUrl.Memory);
    }

    /**
     * Returns how long a host may act without being heard of.
     *
     * @param settings what the operator has set
     * @return some seconds
     */
    public static Duration leaseIn(Settings settings) {
        return Duration.ofSeconds(settings.get(LEASE_SECONDS));
    }

    /**
     * Opens the registry of the fleet. Blocks for some seconds at most.
     *
     * @param settings what the operator has set
     * @param connections how many connections it may have at once
     * @return the registry, answering or not; empty for {@code memory:}
     * @throws ConfigurationException if settings do not fit together, or the engine answers and cannot be used
     */
    public static Optional<FleetRegistry> openRegistry(Settings settings, int connections) {
        EngineUrl url = settings.get(REGISTRY_URL);
        Login login = new Login(settings.get(REGISTRY_USER), settings.get(REGISTRY_PASSWORD));
        Duration lease = leaseIn(settings);
        String name = REGISTRY_URL.name();
        if (url instanceof DatabaseUrl database) {
            DatabaseUrl whole = database.withLogin(merged(database.login(), login, name));
            return Optional.of(new SqlRegistry(OpenDatabase.open(name, whole, connections, callsUnder(lease)), lease));
        }
        if (url instanceof RedisUrl redis) {
            RedisUrl whole = redis.withLogin(merged(redis.login(), login, name));
            return Optional.of(RedisFleet.open(name, whole, connections, lease, callsUnder(lease)));
        }
        return Optional.empty();
    }

    /**
     * Opens the database. Blocks for some seconds at most.
     *
     * @param settings what the operator has set
     * @param url which one
     * @param connections how many connections it may have at once
     * @return the database, answering or not
     * @throws ConfigurationException if settings do not fit together, or the database answers and cannot be used
     */
    public static OpenDatabase openDatabase(Settings settings, DatabaseUrl url, int connections) {
        Login login = new Login(settings.get(DATABASE_USER), settings.get(DATABASE_PASSWORD));
        DatabaseUrl whole = url.withLogin(merged(url.login(), login, DATABASE_URL.name()));
        return OpenDatabase.open(DATABASE_URL.name(), whole, connections, LONGEST_CALL);
    }

    /** A heartbeat that fails is to leave time for the next. */
    private static Duration callsUnder(Duration lease) {
        Duration share = lease.dividedBy(CALLS_PER_LEASE);
        return share.compareTo(LONGEST_CALL) < 0 ? share : LONGEST_CALL;
    }

    private static Login merged(Login inUrl, Login separate, String setting) {
        try {
            return inUrl.and(separate);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The user or the password stands in " + setting
                            + " and in a setting of its own; expected: only one of them",
                    e);
        }
    }

    private static Setting<Optional<String>> user(String name, String url) {
        return Setting.<String>of(name, "as whom to log in, if " + url + " does not say", "a user's name", text -> text)
                .orElseNone("the user in " + url);
    }

    private static Setting<Optional<String>> password(String name, String url) {
        return Setting.<String>of(name, "its password, if " + url + " does not hold one", "any text", text -> text)
                .secret()
                .orElseNone("the password in " + url);
    }
}
