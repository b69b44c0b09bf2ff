package io.roomrouting.jdbc;

import io.roomrouting.testkit.RegistryAccess;
import io.roomrouting.testkit.RouterRaceContract;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

@ParameterizedClass
@FieldSource("io.roomrouting.jdbc.Engine#KINDS")
class RouterRaceTest extends RouterRaceContract {

    private final Engine engine;

    RouterRaceTest(Engine engine) {
        this.engine = engine;
        engine.emptyDatabase();
    }

    @Override
    protected RegistryAccess open() {
        JdbcRegistry registry = JdbcRegistry.builder(engine.database())
                .lease(Duration.ofMinutes(10))
                .unconfirmedClaimLife(Duration.ofMinutes(10))
                .build();
        return RegistryAccess.of(registry, registry);
    }
}
