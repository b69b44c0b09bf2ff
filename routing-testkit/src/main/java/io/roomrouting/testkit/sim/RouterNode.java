package io.roomrouting.testkit.sim;

import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.scheduling.PlacementStrategies;
import java.util.Optional;
import java.util.function.Consumer;

/** A stateless backend: the real router, reached over the network. */
final class RouterNode {

    private final Cluster cluster;
    private final SimulatedProcess process;
    private final RoomRouter router;

    /** What a look-up gave: a route, or the name of a refusal. */
    record Answer(Optional<Route> route, Optional<ErrorCode> refusal) {}

    RouterNode(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.process = new SimulatedProcess(cluster.loop(), node, node.toString());
        TimeSource time = new ProcessTime(cluster.loop(), process);
        RemoteRegistry registry = cluster.registryFor(process);
        this.router = RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .scheduler(new LocalScheduler(registry, PlacementStrategies.powerOfTwo()))
                .ticketIssuer(cluster.tickets().issuer(time))
                .time(time)
                .build();
    }

    SimulatedProcess process() {
        return process;
    }

    /** Looks a room up for a client; the answer may never come. */
    void ask(Node client, String user, RoomId room, RoomSpec spec, Consumer<Answer> then) {
        cluster.network()
                .send(
                        client,
                        process.node(),
                        process,
                        () -> cluster.loop().begin(() -> {
                            Answer answer = route(user, room, spec);
                            cluster.network().reply(process.node(), client, () -> then.accept(answer));
                        }));
    }

    private Answer route(String user, RoomId room, RoomSpec spec) {
        try {
            Route route = router.findOrStart(room, spec, router.authenticate(user));
            return new Answer(Optional.of(route), Optional.empty());
        } catch (RoutingException e) {
            return new Answer(Optional.empty(), Optional.of(e.code()));
        }
    }
}
