package io.roomrouting.testkit.sim;

import io.roomrouting.HostAddress;
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

    void restart() {
        life = start();
        cluster.history().add(life.toString(), new Happening.Fault("starts"));
    }
}
