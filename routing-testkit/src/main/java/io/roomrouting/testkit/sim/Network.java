package io.roomrouting.testkit.sim;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Which machine reaches which, and how long messages take. */
final class Network {

    private final EventLoop loop;
    private final NetworkConditions conditions;
    private final SplittableRandom random;
    private final int[][] cuts;
    private boolean calm;

    Network(EventLoop loop, NetworkConditions conditions, SplittableRandom random, int machines) {
        this.loop = loop;
        this.conditions = conditions;
        this.random = random;
        this.cuts = new int[machines][machines];
    }

    boolean reaches(Node from, Node to) {
        return cuts[from.index()][to.index()] == 0;
    }

    /** Cuts one direction once more. */
    void cut(Node from, Node to) {
        cuts[from.index()][to.index()]++;
    }

    /** Takes one cut back. */
    void mend(Node from, Node to) {
        cuts[from.index()][to.index()]--;
    }

    /** From now on nothing gets lost, comes twice or is slow; cuts are for those who made them to mend. */
    void calmDown() {
        calm = true;
    }

    /** Sends one message of a call: it may get lost, and may arrive after a later one. */
    void send(Node from, Node to, @Nullable SimulatedProcess receiver, Runnable arrival) {
        if (!reaches(from, to) || chance(conditions.lostShare())) {
            return;
        }
        loop.at(loop.now() + delay(), receiver, () -> {
            if (reaches(from, to)) {
                arrival.run();
            }
        });
    }

    /** Sends an answer to a client, which is always there. */
    void reply(Node from, Node client, Runnable arrival) {
        send(from, client, null, arrival);
    }

    /** Sends the request of a call: it may also be executed a second time. */
    void request(Node from, Node to, SimulatedProcess receiver, Runnable execution) {
        send(from, to, receiver, execution);
        if (chance(conditions.twiceShare())) {
            long later = random.nextLong(1, conditions.latestTwin().toNanos());
            loop.at(loop.now() + later, receiver, execution);
        }
    }

    /** How long one message takes. */
    long delay() {
        long ordinary = random.nextLong(100_000, conditions.longestDelay().toNanos());
        return chance(conditions.slowShare())
                ? ordinary + random.nextLong(conditions.slowest().toNanos())
                : ordinary;
    }

    private boolean chance(double share) {
        return !calm && share > 0 && random.nextDouble() < share;
    }
}
