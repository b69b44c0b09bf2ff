package io.roomrouting.examples.docs;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomId;
import io.roomrouting.Scheduler;
import io.roomrouting.testkit.SchedulerContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

// tag::contract[]
class RentedSchedulerTest extends SchedulerContract {

    @Override
    protected Scheduler schedulerWithTwoHosts() {
        Street street = new Street(100);
        return new RentedScheduler(street, street::whoLivesAt);
    }

    @Override
    protected Scheduler schedulerWithoutCapacity() {
        Street street = new Street(0);
        return new RentedScheduler(street, street::whoLivesAt);
    }
    // end::contract[]

    /** Machines that are ready at once. */
    private static final class Street implements RentedScheduler.Landlord {

        private final Map<RoomId, HostAddress> rented = new ConcurrentHashMap<>();
        private final Map<HostAddress, HostIncarnation> hosts = new ConcurrentHashMap<>();
        private final AtomicInteger numbers = new AtomicInteger();
        private final int machines;

        Street(int machines) {
            this.machines = machines;
        }

        Optional<HostIncarnation> whoLivesAt(HostAddress address) {
            return Optional.ofNullable(hosts.get(address));
        }

        @Override
        public Optional<HostAddress> addressOf(RoomId room, Duration atMost) {
            return Optional.ofNullable(rented.get(room));
        }

        @Override
        public boolean rent(RoomId room, Duration atMost) {
            int number = numbers.incrementAndGet();
            if (number > machines) {
                return false;
            }
            HostAddress address = new HostAddress("machine-" + number, 8000, false);
            if (rented.putIfAbsent(room, address) == null) {
                hosts.put(address, HostIncarnation.next(HostId.of(address.authority())));
            }
            return true;
        }

        @Override
        public void giveBack(RoomId room, Duration atMost) {
            rented.remove(room);
        }
    }
}
