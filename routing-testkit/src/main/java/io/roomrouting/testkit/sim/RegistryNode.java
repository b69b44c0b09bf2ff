package io.roomrouting.testkit.sim;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostRegistration;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.testkit.sim.RegistryFactory.Registry;

/** The machine that the registry runs on, and what its process grants. */
final class RegistryNode {

    private final EventLoop loop;
    private final History history;
    private final SimulationConfig config;
    private final RegistryFactory factory;
    private final Node node;
    private SimulatedProcess process;
    private Registry registry;
    private int lives = 1;

    RegistryNode(EventLoop loop, History history, SimulationConfig config, RegistryFactory factory, Node node) {
        this.loop = loop;
        this.history = history;
        this.config = config;
        this.factory = factory;
        this.node = node;
        this.process = new SimulatedProcess(loop, node, "registry");
        this.registry = factory.start(new ProcessTime(loop, process), config, false);
    }

    SimulatedProcess process() {
        return process;
    }

    Registry registry() {
        return registry;
    }

    /** The process dies, and the next one starts at once. */
    void restart() {
        process.crash();
        process = new SimulatedProcess(loop, node, "registry/" + ++lives);
        registry = factory.start(new ProcessTime(loop, process), config, true);
        history.add("registry", new Happening.Fault("starts again"));
    }

    ClaimResult claim(Claim claim) {
        ClaimResult result = registry.rooms().claim(claim);
        if (result instanceof ClaimResult.Granted granted) {
            history.add("registry", new Happening.Granted(granted.assignment()));
        }
        return result;
    }

    JoinResult join(HostRegistration registration) {
        JoinResult result = registry.hosts().join(registration);
        if (result instanceof JoinResult.Joined) {
            history.add("registry", new Happening.Joined(registration.host()));
            registration.held().stream()
                    .map(held ->
                            new RoomAssignment(held.room(), registration.host(), registration.address(), held.epoch()))
                    .forEach(held -> history.add("registry", new Happening.Adopted(held)));
        }
        return result;
    }
}
