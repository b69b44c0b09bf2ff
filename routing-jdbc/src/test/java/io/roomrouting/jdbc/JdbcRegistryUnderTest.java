package io.roomrouting.jdbc;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.testkit.RegistryUnderTest;
import java.time.Duration;

/**
 * A registry, and another one on the same database as another process would have it. Its times are so long that the contract's
 * races end before the leases do, on the slowest machine: the database's clock does not stand still meanwhile.
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
}
