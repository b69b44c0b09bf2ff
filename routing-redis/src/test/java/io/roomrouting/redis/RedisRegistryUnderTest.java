package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryAccess;
import io.roomrouting.testkit.RegistryUnderTest;
import java.time.Duration;

/**
 * A registry, and another one on the same server as another process would have it.
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
    public RegistryAccess here() {
        return RegistryAccess.of(registry, registry, registry);
    }

    @Override
    public RegistryAccess elsewhere() {
        return RegistryAccess.of(elsewhere, elsewhere, elsewhere);
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
