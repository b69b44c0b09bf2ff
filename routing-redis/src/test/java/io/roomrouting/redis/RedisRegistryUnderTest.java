package io.roomrouting.redis;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.testkit.RegistryUnderTest;
import java.time.Duration;

/**
 * A registry, and another one on the same server as another process would have it. Its times are so long that the contract's
 * races end before the leases do, on the slowest machine: the server's clock does not stand still meanwhile.
 */
final class RedisRegistryUnderTest implements RegistryUnderTest {

    private final Engine engine;
    private final RedisDatabase database;
    private final RedisDatabase databaseElsewhere;
    private final RedisRegistry registry;
    private final RedisRegistry elsewhere;

    RedisRegistryUnderTest(Engine engine) {
        this.engine = engine;
        this.database = engine.emptyDatabase();
        this.databaseElsewhere = engine.database();
        this.registry = registry(database);
        this.elsewhere = registry(databaseElsewhere);
        // It has settled long ago.
        registry.list();
        engine.letPass(lease());
    }

    private RedisRegistry registry(RedisDatabase database) {
        return RedisRegistry.builder(database)
                .lease(lease())
                .roomRetention(roomRetention())
                .unconfirmedClaimLife(unconfirmedClaimLife())
                .build();
    }

    @Override
    public RoomRegistry rooms() {
        return registry;
    }

    @Override
    public RoomRegistry roomsElsewhere() {
        return elsewhere;
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
    public RoomDirectory directoryElsewhere() {
        return elsewhere;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration roomRetention() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration unconfirmedClaimLife() {
        return Duration.ofMinutes(8);
    }

    @Override
    public void letPass(Duration duration) {
        engine.letPass(duration);
    }

    @Override
    public void close() {
        database.close();
        databaseElsewhere.close();
    }
}
