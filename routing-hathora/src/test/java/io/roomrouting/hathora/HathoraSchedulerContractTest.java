package io.roomrouting.hathora;

import io.roomrouting.Scheduler;
import io.roomrouting.TimeSource;
import io.roomrouting.testkit.SchedulerContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class HathoraSchedulerContractTest extends SchedulerContract {

    private final List<HathoraRig> rigs = new ArrayList<>();

    @AfterEach
    void stop() {
        rigs.forEach(HathoraRig::close);
    }

    @Override
    protected Scheduler schedulerWithTwoHosts() {
        rigs.add(new HathoraRig());
        return rigs.get(0).scheduler;
    }

    @Override
    protected Scheduler schedulerWithoutCapacity() {
        HathoraRig rig = new HathoraRig(
                TimeSource.system(), fake -> fake, scheduler -> scheduler.patience(Duration.ofSeconds(2)));
        rigs.add(rig);
        rig.processes.listensAtOnce = false;
        // The first exchange of a JVM on a busy machine may take longer than the scheduler's patience here.
        rig.rooms.find(HathoraRig.LOBBY, rig.within(Duration.ofSeconds(30)));
        return rig.scheduler;
    }
}
