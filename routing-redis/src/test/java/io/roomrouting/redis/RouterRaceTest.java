package io.roomrouting.redis;

import io.roomrouting.testkit.RegistryAccess;
import io.roomrouting.testkit.RouterRaceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

@ParameterizedClass
@FieldSource("io.roomrouting.redis.Engine#ALL")
class RouterRaceTest extends RouterRaceContract {

    private final Engine engine;
    private final List<RedisDatabase> databases = new ArrayList<>();

    RouterRaceTest(Engine engine) {
        this.engine = engine;
        engine.emptyDatabase().close();
    }

    @Override
    protected RegistryAccess open() {
        RedisDatabase database = engine.database();
        databases.add(database);
        RedisRegistry registry = RedisRegistry.builder(database)
                .lease(Duration.ofMinutes(10))
                .unconfirmedClaimLife(Duration.ofMinutes(10))
                .settleTime(Duration.ZERO)
                .build();
        return RegistryAccess.of(registry, registry);
    }

    @AfterEach
    void close() {
        databases.forEach(RedisDatabase::close);
    }
}
