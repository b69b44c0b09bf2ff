package io.roomrouting.examples.session;

import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.examples.engines.OpenDatabase;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.ContinuitySettings.Location;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.session.RoomStateStore;
import java.util.Optional;

/** Where a session server keeps what its rooms are like. */
final class KeptStates {

    static final Setting<Optional<Location>> STATE_URL = ContinuitySettings.stateOfOneHost();

    private KeptStates() {}

    /** Opens the store; empty if nothing is to be kept. */
    static Optional<RoomStateStore> open(Settings settings, Engines engines) {
        Location location = settings.get(STATE_URL)
                .orElseGet(() -> engines.registry().isPresent() ? new Location.Registry() : new Location.Nowhere());
        if (location instanceof Location.Local local) {
            return ContinuitySettings.openStore(local);
        }
        Optional<RoomStateStore> shared = location instanceof Location.Registry
                ? engines.registry().map(FleetRegistry::states)
                : engines.database().map(OpenDatabase::states);
        if (shared.isEmpty()) {
            throw missingEngine(location);
        }
        return shared;
    }

    private static ConfigurationException missingEngine(Location location) {
        return location instanceof Location.Registry
                ? STATE_URL.refused("registry", "this only with a REGISTRY_URL that is not memory:")
                : STATE_URL.refused("database", "this only with a DATABASE_URL");
    }
}
