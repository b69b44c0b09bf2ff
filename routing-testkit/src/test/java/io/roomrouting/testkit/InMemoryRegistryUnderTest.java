package io.roomrouting.testkit;

import io.roomrouting.InMemoryRegistry;
import java.time.Duration;

/** The in-memory registry on a manual clock, with its defaults. */
final class InMemoryRegistryUnderTest implements RegistryUnderTest {

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).build();

    @Override
    public RegistryAccess here() {
        return RegistryAccess.of(registry, registry, registry);
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration unconfirmedClaimLife() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void letPass(Duration duration) {
        time.advance(duration);
    }
}
