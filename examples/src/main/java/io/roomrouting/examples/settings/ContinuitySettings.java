package io.roomrouting.examples.settings;

import io.roomrouting.session.DirectoryStateStore;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.OutagePolicy;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.RoomStateStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What rooms and clients keep when a connection breaks or a host stops. */
public final class ContinuitySettings {

    /** How long a client may be away. */
    public static final Setting<Integer> RESUME_GRACE = Setting.number(
                    "RESUME_GRACE",
                    "for how many seconds the seat of a client whose connection broke is kept; 0 keeps none",
                    0,
                    3_600)
            .orElse(Long.toString(RoomSettings.defaults().resumeGrace().toSeconds()));

    /** What a host does that its backend does not reach. */
    public static final Setting<OutagePolicy> OUTAGE_POLICY = Setting.of(
                    "OUTAGE_POLICY",
                    "what becomes of rooms when the backend is silent for longer than the lease",
                    "STRICT (they close) or AVAILABLE (who is in goes on, nobody joins, nothing is saved)",
                    OutagePolicy::valueOf)
            .orElse(OutagePolicy.STRICT.name());

    private static final String MEMORY = "memory:";
    private static final String NONE = "none";
    private static final String FILE = "file:";
    private static final String REGISTRY = "registry";
    private static final String DATABASE = "database";
    private static final String STATE_URL = "STATE_URL";
    private static final String PURPOSE =
            "where the states of rooms are kept, so that rooms outlive their host; shared by all hosts";
    private static final String LOCAL_FORM = "none, memory: (this process) or file:/path (a directory of this machine)";

    private static final Setting<Location.Local> LOCAL =
            Setting.<Location.Local>of(STATE_URL, PURPOSE, LOCAL_FORM, Location.Local::of);

    private static final Setting<Location> ANY = Setting.<Location>of(
            STATE_URL,
            PURPOSE,
            LOCAL_FORM + ", registry or database (where REGISTRY_URL or DATABASE_URL is)",
            Location::of);

    private ContinuitySettings() {}

    /** A place for states. */
    public sealed interface Location {

        /** A place that this process has by itself. */
        sealed interface Local extends Location {

            private static Local of(String url) {
                return switch (url) {
                    case NONE -> new Nowhere();
                    case MEMORY -> new Memory();
                    default -> new Directory(pathIn(url));
                };
            }
        }

        /** Rooms end with their host. */
        record Nowhere() implements Local {}

        /** In this process, for hosts that are all in it. */
        record Memory() implements Local {}

        /**
         * In a directory, for hosts that are all on this machine.
         *
         * @param path absolute
         */
        record Directory(Path path) implements Local {}

        /** Where rooms and hosts are known. */
        record Registry() implements Location {}

        /** In the database of what is said in rooms. */
        record Database() implements Location {}

        private static Location of(String url) {
            return switch (url) {
                case REGISTRY -> new Registry();
                case DATABASE -> new Database();
                default -> Local.of(url);
            };
        }

        private static Path pathIn(String url) {
            Path path = Path.of(url.startsWith(FILE) ? url.substring(FILE.length()) : "");
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not an absolute path");
            }
            return path;
        }
    }

    /**
     * Returns the setting for a process with one host of several.
     *
     * @return empty unless it is set
     */
    public static Setting<Optional<Location>> stateOfOneHost() {
        return ANY.orElseNone("registry if REGISTRY_URL is not memory:, otherwise none");
    }

    /**
     * Returns the setting for a process that has all hosts.
     *
     * @return keeps states in memory unless it is set
     */
    public static Setting<Location.Local> stateOfAllHosts() {
        return LOCAL.orElse(MEMORY);
    }

    /**
     * Opens a place that this process has by itself.
     *
     * @param location where states are to be kept
     * @return the store; empty if nothing is to be kept
     * @throws ConfigurationException if it is a directory that cannot be used
     */
    public static Optional<RoomStateStore> openStore(Location.Local location) {
        if (location instanceof Location.Directory directory) {
            return Optional.of(open(directory.path()));
        }
        return location instanceof Location.Memory ? Optional.of(InMemoryStateStore.create()) : Optional.empty();
    }

    private static RoomStateStore open(Path directory) {
        try {
            return new DirectoryStateStore(directory);
        } catch (UncheckedIOException e) {
            ConfigurationException refused =
                    LOCAL.refused(FILE + directory, "a directory that can be made and written");
            refused.initCause(e);
            throw refused;
        }
    }

    /**
     * Sets how long seats are kept.
     *
     * @param rooms everything else
     * @param settings what the operator has set
     * @return a changed copy
     */
    public static RoomSettings withGrace(RoomSettings rooms, Settings settings) {
        return rooms.withResume(Duration.ofSeconds(settings.get(RESUME_GRACE)), rooms.resumeMessages());
    }
}
