package io.roomrouting.hathora;

import io.roomrouting.Deadline;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.TimeSource;
import io.roomrouting.scheduling.ProvidedHosts;
import io.roomrouting.testkit.hathora.FakeHathora;
import io.roomrouting.testkit.hathora.FakeHathoraBuilder;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A backend's parts around a {@link FakeHathora}, whose processes are hosts of the test. */
final class HathoraRig implements AutoCloseable {

    static final String TOKEN = "s3cr3t-hathora-token";
    static final RoomId LOBBY = RoomId.of("lobby");
    static final Identity ALICE = Identity.of("alice");

    final TimeSource time;
    final InProcessHosts processes = new InProcessHosts();
    final FakeHathora fake;
    final HathoraRooms rooms;
    final InMemoryRegistry registry;
    final ProvidedHosts hosts;
    final HathoraScheduler scheduler;

    HathoraRig() {
        this(TimeSource.system(), fake -> fake, scheduler -> scheduler);
    }

    HathoraRig(
            TimeSource time,
            UnaryOperator<FakeHathoraBuilder> more,
            UnaryOperator<HathoraSchedulerBuilder> moreOfTheScheduler) {
        this.time = time;
        this.fake = more.apply(
                        FakeHathora.builder(processes).app("app-1", TOKEN).time(time))
                .start();
        this.rooms = rooms(TOKEN);
        this.registry = InMemoryRegistry.builder().lease(Duration.ofSeconds(15)).build();
        this.hosts = ProvidedHosts.start(registry, processes);
        this.scheduler = moreOfTheScheduler
                .apply(HathoraScheduler.builder(rooms, hosts::at)
                        .polling(Duration.ofMillis(20), Duration.ofMillis(100)))
                .build();
    }

    HathoraRooms rooms(String token) {
        return HathoraRooms.builder("app-1", token)
                .baseUrl(fake.baseUrl())
                .time(time)
                .random(new Random(1))
                .build();
    }

    RoomRouter router(RoomRegistry roomRegistry, Duration placementTimeout) {
        return RoomRouter.builder()
                .registry(roomRegistry)
                .scheduler(scheduler)
                .authenticator(Identity::of)
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> new IssuedTicket("ticket", time.now()))
                .time(time)
                .placementTimeout(placementTimeout)
                .build();
    }

    Deadline within(Duration timeout) {
        return Deadline.in(time, timeout);
    }

    Placement place(RoomId room) {
        return place(room, Set.of(), Duration.ofSeconds(10));
    }

    Placement place(RoomId room, Set<HostIncarnation> excluded, Duration timeout) {
        return scheduler.place(new PlacementRequest(room, RoomSpec.defaults(), excluded, within(timeout)));
    }

    @Override
    public void close() {
        scheduler.close();
        rooms.close();
        hosts.close();
        fake.close();
        processes.close();
    }
}
