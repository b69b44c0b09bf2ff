package io.roomrouting.examples.engines;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.jdbc.JdbcRegistry;
import io.roomrouting.session.RoomStateStore;
import java.time.Duration;

/** A fleet's registry in a database. */
final class SqlRegistry implements FleetRegistry {

    private final OpenDatabase database;
    private final JdbcRegistry registry;

    SqlRegistry(OpenDatabase database, Duration lease) {
        this.database = database;
        this.registry = JdbcRegistry.builder(database.tables()).lease(lease).build();
    }

    @Override
    public RoomRegistry rooms() {
        return registry;
    }

    @Override
    public HostRegistry hosts() {
        return registry;
    }

    @Override
    public RoomDirectory directory() {
        return registry;
    }

    @Override
    public RoomStateStore states() {
        return database.states();
    }

    @Override
    public void close() {
        database.close();
    }
}
