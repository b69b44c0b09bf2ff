package io.roomrouting.examples.docs;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import io.roomrouting.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Places each room on a machine that is rented for it. */
// tag::fields[]
final class RentedScheduler implements Scheduler {

    private static final Duration VALIDITY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Landlord landlord;
    private final Function<HostAddress, Optional<HostIncarnation>> hosts;

    RentedScheduler(Landlord landlord, Function<HostAddress, Optional<HostIncarnation>> hosts) {
        this.landlord = landlord;
        this.hosts = hosts;
    }
    // end::fields[]

    // tag::landlord[]
    /** A provider of machines, as its API would have it. Each call takes no longer than it is given. */
    interface Landlord {

        /** Where the machine of a room listens; empty while it has none, or none that is ready. */
        Optional<HostAddress> addressOf(RoomId room, Duration atMost) throws IOException;

        /** Rents a machine unless the room has one; false if all are taken. */
        boolean rent(RoomId room, Duration atMost) throws IOException;

        /** Gives a room's machine back. */
        void giveBack(RoomId room, Duration atMost) throws IOException;
    }
    // end::landlord[]

    // tag::place[]
    @Override
    public Placement place(PlacementRequest request) {
        while (!request.deadline().hasPassed()) {
            Optional<Placement> found = look(request);
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw noCapacity("the room's machine is still starting");
    }
    // end::place[]

    // tag::look[]
    private Optional<Placement> look(PlacementRequest request) {
        RoomId room = request.room();
        try {
            Optional<HostAddress> address =
                    landlord.addressOf(room, request.deadline().remaining());
            if (address.isEmpty()) {
                rent(request);
                return Optional.empty();
            }
            Optional<HostIncarnation> host = hosts.apply(address.get());
            if (host.isPresent() && request.excluded().contains(host.get())) {
                landlord.giveBack(room, request.deadline().remaining());
                return Optional.empty();
            }
            return host.map(life -> placement(life, address.get()));
        } catch (IOException e) {
            throw RoutingException.unavailable(
                    ErrorCode.SCHEDULER_UNAVAILABLE, "the provider of machines does not answer", RETRY, e);
        }
    }
    // end::look[]

    // tag::placement[]
    private static Placement placement(HostIncarnation host, HostAddress address) {
        return new Placement(host, address, Optional.of(VALIDITY), "the machine at " + address + " is rented for it");
    }
    // end::placement[]

    // tag::rent[]
    private void rent(PlacementRequest request) throws IOException {
        if (!landlord.rent(request.room(), request.deadline().remaining())) {
            throw noCapacity("all machines are taken");
        }
    }

    private static RoutingException noCapacity(String why) {
        return RoutingException.unavailable(ErrorCode.NO_CAPACITY, why, RETRY);
    }
    // end::rent[]

    // tag::pause[]
    private static void pause() {
        try {
            TimeSource.system().await(new CompletableFuture<>(), PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "the look-up was cancelled", RETRY, e);
        }
    }
    // end::pause[]
}
