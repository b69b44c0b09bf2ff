package io.roomrouting.testkit.sim;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes the faults of a run, one after the other at random moments, and takes all of them back at the end. */
final class Nemesis {

    private static final List<Trouble> MINE = List.of(
            Trouble.CRASH,
            Trouble.PAUSE,
            Trouble.SUSPEND,
            Trouble.PARTITION,
            Trouble.CUT_OFF,
            Trouble.OUTAGE,
            Trouble.REGISTRY_RESTART,
            Trouble.BROKEN_CONNECTIONS,
            Trouble.CLOCK_SET,
            Trouble.DRAIN,
            Trouble.STOP,
            Trouble.OLD_TICKETS);

    private final Cluster cluster;
    private final Mishaps mishaps;
    private final SplittableRandom random;
    private final List<Trouble> troubles;
    private final Set<Cure> cures = new LinkedHashSet<>();

    /** Takes a fault back, once. */
    private final class Cure implements Runnable {
        private final Runnable undo;

        Cure(Runnable undo) {
            this.undo = undo;
            cures.add(this);
        }

        @Override
        public void run() {
            if (cures.remove(this)) {
                undo.run();
            }
        }
    }

    Nemesis(Cluster cluster) {
        this.cluster = cluster;
        this.random = cluster.splitRandom();
        this.mishaps = new Mishaps(cluster, random);
        this.troubles = MINE.stream().filter(cluster.config()::has).toList();
    }

    /** Begins to make trouble. */
    void begin() {
        cluster.after(cluster.config().faultsFrom(), this::next);
        cluster.after(cluster.config().faultsUntil(), this::heal);
    }

    private void next() {
        if (cluster.isCalm() || troubles.isEmpty()) {
            return;
        }
        Trouble trouble = troubles.get(random.nextInt(troubles.size()));
        Runnable undo = mishaps.make(trouble);
        if (undo != null) {
            cluster.after(duration(), new Cure(undo));
        }
        long mean = cluster.config().betweenFaults().toNanos();
        cluster.after(Duration.ofNanos(random.nextLong(mean / 10, 2 * mean)), this::next);
    }

    /** Often short, often about as long as a lease, sometimes longer. */
    private Duration duration() {
        long lease = cluster.config().lease().toNanos();
        return Duration.ofNanos(
                switch (random.nextInt(4)) {
                    case 0 -> random.nextLong(lease / 100, lease / 4);
                    case 1 -> random.nextLong(lease / 2, lease);
                    default -> random.nextLong(lease, 2 * lease);
                });
    }

    private void heal() {
        cluster.calmDown();
        List.copyOf(cures).forEach(Cure::run);
    }
}
