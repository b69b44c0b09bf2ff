package io.roomrouting.agones;

import io.roomrouting.Scheduler;
import io.roomrouting.testkit.SchedulerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The scheduler on a fleet of two hosts that have registered themselves. */
class AgonesSchedulerContractTest extends SchedulerContract {

    private final List<AutoCloseable> open = new ArrayList<>();

    @Override
    protected Scheduler schedulerWithTwoHosts() {
        FakeFleet fleet = new FakeFleet();
        Lives lives = new Lives();
        lives.born(fleet.add("rooms-a", 7001, 40));
        lives.born(fleet.add("rooms-b", 7002, 40));
        return scheduler(fleet, lives);
    }

    @Override
    protected Scheduler schedulerWithoutCapacity() {
        return scheduler(new FakeFleet(), new Lives());
    }

    private Scheduler scheduler(FakeFleet fleet, Lives lives) {
        FakeKubernetes kubernetes = new FakeKubernetes(fleet);
        AgonesScheduler scheduler = AgonesScheduler.builder()
                .kubernetes(new KubernetesApi(kubernetes.uri(), Optional.empty(), Optional.empty()))
                .fleet(Fleet.of("games", FakeFleet.NAME))
                .hosts(HostLookup.registered(lives.registry))
                .build();
        open.add(scheduler);
        open.add(kubernetes);
        return scheduler;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }
}
