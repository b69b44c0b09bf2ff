package io.roomrouting.testkit.sim;

import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Single faults. */
final class Mishaps {

    private static final int MOST_CLOCK_OFFSET_MILLIS = 4_000;

    private final Cluster cluster;
    private final SplittableRandom random;

    Mishaps(Cluster cluster, SplittableRandom random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Makes a fault happen; returns what takes it back, or null if it is over at once. */
    @Nullable Runnable make(Trouble trouble) {
        return switch (trouble) {
            case CRASH -> crash(host());
            case PAUSE ->
                pause(random.nextInt(4) == 0 ? router() : host().life().process());
            case SUSPEND -> suspend(host().life().process());
            case PARTITION -> partition();
            case CUT_OFF -> cut(List.of(host().node()), List.of(registry()), random.nextInt(3));
            case OUTAGE -> cut(machines(), List.of(registry()), 0);
            case REGISTRY_RESTART -> {
                cluster.registry().restart();
                yield null;
            }
            case BROKEN_CONNECTIONS -> breakConnections(host());
            case CLOCK_SET -> setClocks();
            case DRAIN -> random.nextInt(3) == 0 ? orderDrain(host()) : drain(host());
            case STOP -> stop(host());
            case OLD_TICKETS -> misuseTickets();
            default -> throw new IllegalArgumentException(trouble + " is a condition of the whole run");
        };
    }

    private HostNode host() {
        return cluster.hosts().get(random.nextInt(cluster.hosts().size()));
    }

    private SimulatedProcess router() {
        return cluster.routers().get(random.nextInt(cluster.routers().size())).process();
    }

    private Node registry() {
        return cluster.registry().process().node();
    }

    private List<Node> machines() {
        List<Node> all = new ArrayList<>();
        cluster.routers().forEach(router -> all.add(router.process().node()));
        cluster.hosts().forEach(host -> all.add(host.node()));
        return all;
    }

    private void note(Object where, String what) {
        cluster.history().add(where.toString(), new Happening.Fault(what));
    }

    private @Nullable Runnable crash(HostNode host) {
        if (!host.isUp()) {
            return null;
        }
        host.crash();
        return host::restart;
    }

    private @Nullable Runnable stop(HostNode host) {
        if (!host.isUp()) {
            return null;
        }
        host.stop();
        return host::restart;
    }

    private @Nullable Runnable drain(HostNode host) {
        if (!host.isUp()) {
            return null;
        }
        Duration spread = cluster.config().drainSpread();
        host.drain(spread, spread.multipliedBy(2));
        return () -> {
            if (host.isUp()) {
                host.undrain();
            }
        };
    }

    /** Somebody tells the registry that a host is to drain, and later that it is not, whichever life it has then. */
    private Runnable orderDrain(HostNode host) {
        order(host, HostState.DRAINING);
        return () -> order(host, HostState.ACTIVE);
    }

    private void order(HostNode host, HostState state) {
        note(registry(), "is told that " + host.node() + " is " + state);
        HostRegistry hosts = cluster.registry().registry().hosts();
        hosts.list().stream()
                .map(HostSnapshot::host)
                .filter(life -> life.host().value().equals(host.node().toString()))
                .forEach(life -> hosts.mark(life, state));
    }

    private @Nullable Runnable pause(SimulatedProcess process) {
        if (process.isPaused() || process.isDead()) {
            return null;
        }
        process.pause();
        note(process, "stands still");
        return () -> wake(process);
    }

    private void wake(SimulatedProcess process) {
        if (!process.isDead()) {
            note(process, "goes on");
            process.resume(random.nextBoolean());
        }
    }

    private @Nullable Runnable suspend(SimulatedProcess process) {
        if (process.isPaused() || process.isDead()) {
            return null;
        }
        process.pause();
        note(process, "is suspended with its machine");
        long since = cluster.loop().now();
        return () -> {
            process.node().wasSuspended(cluster.loop().now() - since);
            wake(process);
        };
    }

    private Runnable partition() {
        List<Node> all = machines();
        all.add(registry());
        all.add(cluster.storeNode());
        cluster.clients().forEach(client -> all.add(client.node()));
        Node one = all.get(random.nextInt(all.size()));
        Node other = all.get(random.nextInt(all.size()));
        boolean isolated = one == other;
        return cut(List.of(one), isolated ? all : List.of(other), random.nextInt(3));
    }

    /** Cuts the ways between two sides: both directions (0), only from the first (1), only to the first (2). */
    private Runnable cut(List<Node> some, List<Node> others, int directions) {
        String arrow = List.of(" <-/-> ", " -/-> ", " <-/- ").get(directions);
        note("network", "cut " + some + arrow + others);
        each(some, others, directions, cluster.network()::cut);
        return () -> {
            note("network", "mended " + some + arrow + others);
            each(some, others, directions, cluster.network()::mend);
        };
    }

    private interface Way {
        void change(Node from, Node to);
    }

    private static void each(List<Node> some, List<Node> others, int directions, Way way) {
        for (Node one : some) {
            for (Node other : others) {
                if (one != other && directions != 2) {
                    way.change(one, other);
                }
                if (one != other && directions != 1) {
                    way.change(other, one);
                }
            }
        }
    }

    private @Nullable Runnable breakConnections(HostNode host) {
        for (Wire wire : host.life().wires()) {
            if (random.nextInt(3) > 0) {
                note(host.node(), "connection " + wire.number() + " breaks");
                wire.breakDown();
            }
        }
        return null;
    }

    private @Nullable Runnable setClocks() {
        for (HostNode host : cluster.hosts()) {
            int offset = random.nextInt(-MOST_CLOCK_OFFSET_MILLIS, MOST_CLOCK_OFFSET_MILLIS);
            host.node().setWallOffset(offset);
            note(host.node(), "its wall clock is set to be " + offset + " ms off");
        }
        return null;
    }

    private @Nullable Runnable misuseTickets() {
        for (SimulatedClient client : cluster.clients()) {
            switch (random.nextInt(4)) {
                case 0 -> client.lookUpInReserve();
                case 1, 2 -> client.misuseTicket();
                default -> note(client.node(), "behaves");
            }
        }
        return null;
    }
}
