package io.roomrouting.examples.session;

import io.roomrouting.examples.engines.DatabaseUrl;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.examples.engines.OpenDatabase;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.util.Optional;

/**
 * The engines that a session server stands on. The registry has connections of its own, so that heartbeats wait for nothing else.
 *
 * @param registry where the host joins; empty if a backend probes it
 * @param database where more is kept; empty if there is none
 */
record Engines(Optional<FleetRegistry> registry, Optional<OpenDatabase> database) implements AutoCloseable {

    static final Setting<Optional<DatabaseUrl>> DATABASE_URL = EngineSettings.databaseIfWanted();

    private static final int REGISTRY_CONNECTIONS = 5;
    private static final int DATABASE_CONNECTIONS = 10;

    static Engines open(Settings settings) {
        Optional<FleetRegistry> registry = EngineSettings.openRegistry(settings, REGISTRY_CONNECTIONS);
        try {
            return new Engines(
                    registry,
                    settings.get(DATABASE_URL)
                            .map(url -> EngineSettings.openDatabase(settings, url, DATABASE_CONNECTIONS)));
        } catch (RuntimeException e) {
            registry.ifPresent(FleetRegistry::close);
            throw e;
        }
    }

    @Override
    public void close() {
        database.ifPresent(OpenDatabase::close);
        registry.ifPresent(FleetRegistry::close);
    }
}
