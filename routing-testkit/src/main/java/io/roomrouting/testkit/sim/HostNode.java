package io.roomrouting.testkit.sim;

import io.roomrouting.HostAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A machine that runs a session host, one process after the other. */
final class HostNode {

    private final Cluster cluster;
    private final Node node;
    private final HostAddress address;
    private final SplittableRandom random;
    private int lives;
    private HostLife life;

    HostNode(Cluster cluster, Node node, SplittableRandom random) {
        this.cluster = cluster;
        this.node = node;
        this.address = HostAddress.parse(node + ".example:8000");
        this.random = random;
        this.life = start();
    }

    private HostLife start() {
        lives++;
        SimulatedProcess process = new SimulatedProcess(cluster.loop(), node, node + "/" + lives);
        return new HostLife(cluster, process, address, random.split());
    }

    Node node() {
        return node;
    }

    HostAddress address() {
        return address;
    }

    HostLife life() {
        return life;
    }

    boolean isUp() {
        return !life.process().isDead();
    }

    void crash() {
        List<Wire> broken = life.wires();
        life.process().crash();
        cluster.history().add(life.toString(), new Happening.Fault("crashes"));
        broken.forEach(Wire::hostDied);
    }

    /** Begins to stop in an orderly way; the process ends when that is done. */
    void stop() {
        HostLife stopping = life;
        note(stopping, "stops");
        stopping.inBackground(() -> {
            stopping.sessions().close();
            if (stopping == life && isUp()) {
                crash();
            }
        });
    }

    void drain(Duration spread, Duration deadline) {
        HostLife draining = life;
        note(draining, "drains");
        draining.inBackground(() -> {
            boolean empty = draining.sessions().drain(spread, deadline);
            note(draining, empty ? "is empty" : "is not empty");
        });
    }

    void undrain() {
        HostLife draining = life;
        note(draining, "takes rooms again");
        draining.inBackground(draining.sessions()::undrain);
    }

    private void note(HostLife where, String what) {
        where.record(new Happening.Fault(what));
    }

    void restart() {
        if (isUp()) {
            crash();
        }
        life = start();
        cluster.history().add(life.toString(), new Happening.Fault("starts"));
    }
}
