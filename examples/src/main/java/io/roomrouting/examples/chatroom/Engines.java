package io.roomrouting.examples.chatroom;

import io.roomrouting.HostRegistry;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.examples.engines.EngineSettings;
import io.roomrouting.examples.engines.FleetRegistry;
import io.roomrouting.examples.engines.OpenDatabase;
import io.roomrouting.examples.settings.Settings;
import java.util.Optional;

/**
 * What the chat room stands on: who owns which room, and the database of accounts and messages.
 *
 * @param rooms knows the rooms
 * @param hosts knows the instances
 * @param directory lists public rooms and reserves seats
 * @param fleet what closes the three; empty if they are in this process
 * @param database has accounts and messages
 */
record Engines(
        RoomRegistry rooms,
        HostRegistry hosts,
        RoomDirectory directory,
        Optional<FleetRegistry> fleet,
        OpenDatabase database)
        implements AutoCloseable {

    private static final int REGISTRY_CONNECTIONS = 5;
    private static final int DATABASE_CONNECTIONS = 16;

    /** Opens both; blocks for some seconds at most. */
    static Engines open(Settings settings) {
        Optional<FleetRegistry> fleet = EngineSettings.openRegistry(settings, REGISTRY_CONNECTIONS);
        try {
            OpenDatabase database = EngineSettings.openDatabase(
                    settings, settings.get(ChatroomSettings.DATABASE_URL), DATABASE_CONNECTIONS);
            InMemoryRegistry own = InMemoryRegistry.create();
            return new Engines(
                    fleet.map(FleetRegistry::rooms).orElse(own),
                    fleet.map(FleetRegistry::hosts).orElse(own),
                    fleet.map(FleetRegistry::directory).orElse(own),
                    fleet,
                    database);
        } catch (RuntimeException e) {
            fleet.ifPresent(FleetRegistry::close);
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
        fleet.ifPresent(FleetRegistry::close);
    }
}
