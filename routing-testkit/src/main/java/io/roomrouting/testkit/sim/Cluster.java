package io.roomrouting.testkit.sim;

import io.roomrouting.session.RoomStateStore;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Everything that takes part in one run. */
final class Cluster {

    /** How fast the registry's clock runs; what hosts promise is measured against it. */
    private static final double SLOWEST_REGISTRY = 0.98;

    private static final double FASTEST_REGISTRY = 1.02;

    /** Hosts may run 15 % slower than the registry; this stays a little within. */
    private static final double SLOWEST_HOST = 0.865;

    private static final double FASTEST_HOST = 1.13;

    private static final int MOST_OFFSET_MILLIS = 4_000;

    private final SimulationConfig config;
    private final EventLoop loop;
    private final History history;
    private final SplittableRandom random;
    private final Network network;
    private final TicketBox tickets = new TicketBox();
    private final RegistryNode registry;
    private final StoreNode store;
    private final RecordingFormat format = RecordingFormat.plain();
    private final List<RouterNode> routers = new ArrayList<>();
    private final List<HostNode> hosts = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final double registryRate;
    private int nodes;
    private int numbered;
    private boolean calm;

    Cluster(SimulationConfig config, RegistryFactory factory, EventLoop loop, History history) {
        this.config = config;
        this.loop = loop;
        this.history = history;
        this.random = new SplittableRandom(config.seed());
        int machines = 2 + config.routers() + config.hosts() + config.clients();
        this.network = new Network(loop, config.network(), random.split(), machines);
        this.registryRate = config.has(Trouble.DRIFT) ? random.nextDouble(SLOWEST_REGISTRY, FASTEST_REGISTRY) : 1;
        this.registry = new RegistryNode(loop, history, config, factory, node("registry", registryRate));
        this.store = new StoreNode(loop, history, node("store", 1));
        for (int i = 1; i <= config.routers(); i++) {
            routers.add(new RouterNode(this, node("r" + i, 1)));
        }
        for (int i = 1; i <= config.hosts(); i++) {
            hosts.add(new HostNode(this, node("h" + i, rate()), random.split()));
        }
        for (int i = 1; i <= config.clients(); i++) {
            clients.add(new SimulatedClient(this, node("c" + i, 1), i, random.split()));
        }
    }

    private Node node(String name, double rate) {
        long offset = config.has(Trouble.OFFSET) ? random.nextInt(-MOST_OFFSET_MILLIS, MOST_OFFSET_MILLIS) : 0;
        return new Node(name, nodes++, rate, offset);
    }

    private double rate() {
        if (!config.has(Trouble.DRIFT)) {
            return 1;
        }
        double fastest = random.nextBoolean() ? FASTEST_HOST : SLOWEST_HOST + 0.02;
        return registryRate * random.nextDouble(SLOWEST_HOST, fastest);
    }

    SimulationConfig config() {
        return config;
    }

    EventLoop loop() {
        return loop;
    }

    History history() {
        return history;
    }

    SplittableRandom splitRandom() {
        return random.split();
    }

    Network network() {
        return network;
    }

    TicketBox tickets() {
        return tickets;
    }

    RegistryNode registry() {
        return registry;
    }

    List<RouterNode> routers() {
        return routers;
    }

    List<HostNode> hosts() {
        return hosts;
    }

    List<SimulatedClient> clients() {
        return clients;
    }

    RemoteRegistry registryFor(SimulatedProcess process) {
        return new RemoteRegistry(calls(process, registry::process, "the registry"), registry);
    }

    RoomStateStore storeFor(SimulatedProcess process) {
        return new RemoteStore(calls(process, store::process, "the store"), store);
    }

    private Calls calls(SimulatedProcess from, Supplier<SimulatedProcess> to, String name) {
        return new Calls(loop, network, from, to, name, config.callTimeout());
    }

    Node storeNode() {
        return store.process().node();
    }

    /** The one format of all messages; it keeps those that are handed over. */
    RecordingFormat format() {
        return format;
    }

    /** A number that nothing else of this run has. */
    int nextNumber() {
        return ++numbered;
    }

    /** Lets something happen after a true time, whatever processes do. */
    void after(Duration delay, Runnable action) {
        loop.at(loop.now() + delay.toNanos(), null, action);
    }

    /** From now on nobody makes trouble. */
    void calmDown() {
        calm = true;
        network.calmDown();
        history.add("", new Happening.Healed());
    }

    boolean isCalm() {
        return calm;
    }
}
