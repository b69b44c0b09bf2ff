package io.roomrouting.jdbc;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomRegistry;
import io.roomrouting.testkit.RegistryUnderTest;
import java.time.Duration;

/** A registry with its defaults, and another one on the same database as another process would have it. */
final class JdbcRegistryUnderTest implements RegistryUnderTest {

    private final Engine engine;
    private final JdbcRegistry registry;
    private final JdbcRegistry elsewhere;

    JdbcRegistryUnderTest(Engine engine) {
        this.engine = engine;
        this.registry = JdbcRegistry.builder(engine.emptyDatabase()).build();
        this.elsewhere = JdbcRegistry.builder(engine.database()).build();
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
    public Duration lease() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration roomRetention() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration unconfirmedClaimLife() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void letPass(Duration duration) {
        engine.letPass(duration);
    }
}
