package io.roomrouting.jdbc;

import io.roomrouting.testkit.RegistryAccess;
import io.roomrouting.testkit.RegistryUnderTest;
import java.time.Duration;

/**
 * A registry, and another one on the same database as another process would have it.
 */
final class JdbcRegistryUnderTest implements RegistryUnderTest {

    private final Engine engine;
    private final JdbcRegistry registry;
    private final JdbcRegistry elsewhere;

    JdbcRegistryUnderTest(Engine engine) {
        this.engine = engine;
        this.registry = registry(engine.emptyDatabase());
        this.elsewhere = registry(engine.database());
    }

    private JdbcRegistry registry(JdbcDatabase database) {
        return JdbcRegistry.builder(database)
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
}
