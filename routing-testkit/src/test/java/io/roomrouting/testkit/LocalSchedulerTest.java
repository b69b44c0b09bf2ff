package io.roomrouting.testkit;

import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Scheduler;
import io.roomrouting.scheduling.LocalScheduler;
import java.util.List;
import java.util.Map;

class LocalSchedulerTest extends SchedulerContract {

    @Override
    protected Scheduler schedulerWithTwoHosts() {
        InMemoryRegistry registry = InMemoryRegistry.create();
        registry.join(host("one"));
        registry.join(host("two"));
        return new LocalScheduler(registry);
    }

    @Override
    protected Scheduler schedulerWithoutCapacity() {
        return new LocalScheduler(InMemoryRegistry.create());
    }

    private static HostRegistration host(String name) {
        return new HostRegistration(
                HostIncarnation.next(HostId.of(name)),
                new HostAddress(name, 8000, false),
                new HostCapacity(100, 100),
                Map.of(),
                List.of());
    }
}
