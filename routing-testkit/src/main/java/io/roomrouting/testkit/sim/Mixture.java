package io.roomrouting.testkit.sim;

import io.roomrouting.HostCapacity;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.WhenDraining;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Derives what a run consists of from its seed. */
final class Mixture {

    private final SplittableRandom random;
    private final Set<Trouble> troubles;

    private Mixture(SplittableRandom random) {
        this.random = random;
        this.troubles = troubles(random);
    }

    static SimulationConfig of(long seed) {
        return new Mixture(new SplittableRandom(~seed)).config(seed);
    }

    private SimulationConfig config(long seed) {
        Duration lease = millis(3_000, 8_000);
        return new SimulationConfig(
                seed,
                List.copyOf(troubles),
                random.nextInt(1, 3),
                random.nextInt(2, 4),
                random.nextInt(2, 7),
                random.nextInt(1, 5),
                random.nextInt(1, 12),
                random.nextInt(1, 4),
                capacity(),
                lease,
                lease.plus(millis(0, 3_000)),
                millis(3_000, 60_000),
                roomSettings(),
                millis(1, 3_000),
                millis(1_000, 4_000),
                network(),
                Duration.ofSeconds(4),
                millis(25_000, 45_000),
                millis(1_000, 5_000));
    }

    private static Set<Trouble> troubles(SplittableRandom random) {
        int share = random.nextInt(10, 80);
        Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
        for (Trouble trouble : Trouble.values()) {
            if (random.nextInt(100) < share) {
                troubles.add(trouble);
            }
        }
        if (random.nextInt(3) > 0) {
            // A host that may serve without a lease cannot show some of the mistakes that others show.
            troubles.remove(Trouble.AVAILABLE);
        }
        if (troubles.contains(Trouble.AVAILABLE)) {
            troubles.add(Trouble.CUT_OFF);
            troubles.add(Trouble.OLD_TICKETS);
            // Such a host may hold a room that a registry without memory has just given away.
            troubles.remove(Trouble.REGISTRY_RESTART);
        }
        if (troubles.contains(Trouble.CLOCK_SET)) {
            troubles.add(Trouble.CUT_OFF);
            // A suspended machine whose wall clock is also set back has no clock left that tells.
            troubles.remove(Trouble.SUSPEND);
        }
        return troubles;
    }

    private HostCapacity capacity() {
        return troubles.contains(Trouble.TIGHT_HOSTS)
                ? new HostCapacity(random.nextInt(1, 4), random.nextInt(1, 6))
                : new HostCapacity(100, 1_000);
    }

    private RoomSettings roomSettings() {
        return RoomSettings.defaults()
                .withIdleTimeout(millis(0, 4_000))
                .withResume(millis(1_000, 12_000), random.nextInt(4, 60))
                .withSaveInterval(random.nextInt(4) == 0 ? Duration.ZERO : millis(100, 4_000))
                .withWhenDraining(random.nextInt(4) == 0 ? WhenDraining.FINISH : WhenDraining.MOVE);
    }

    private NetworkConditions network() {
        return new NetworkConditions(
                millis(2, 60),
                troubles.contains(Trouble.SLOW_MESSAGES)
                        ? random.nextDouble(0.01, random.nextInt(3) == 0 ? 0.5 : 0.2)
                        : 0,
                millis(100, 3_000),
                troubles.contains(Trouble.LOSS) ? random.nextDouble(0.01, 0.15) : 0,
                troubles.contains(Trouble.DUPLICATION) ? random.nextDouble(0.05, 0.5) : 0,
                millis(100, 10_000));
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }
}
