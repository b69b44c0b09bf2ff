package io.roomrouting.examples.docs;

import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomRouterBuilder;
import io.roomrouting.hathora.HathoraEnvironment;
import io.roomrouting.hathora.HathoraRegion;
import io.roomrouting.hathora.HathoraRoomRegistry;
import io.roomrouting.hathora.HathoraRooms;
import io.roomrouting.hathora.HathoraScheduler;
import io.roomrouting.scheduling.ProvidedHosts;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.spi.HostProber;
import java.time.Duration;

/** How a backend and a process of one's own use Hathora. */
final class HathoraSnippet {

    private HathoraSnippet() {}

    static RoomRouterBuilder backend(HostProber prober, String token) {
        // tag::backend[]
        var registry = InMemoryRegistry.builder()
                .settleTime(Duration.ofSeconds(15)) // the lease: processes may have survived an earlier backend
                .build();
        var rooms = HathoraRooms.builder("app-1", token).build();
        var hosts = ProvidedHosts.start(registry, prober);
        var scheduler = HathoraScheduler.builder(rooms, hosts::at)
                .region(HathoraRegion.FRANKFURT)
                .build();

        var router = RoomRouter.builder()
                .registry(new HathoraRoomRegistry(registry, rooms, Duration.ofSeconds(10)))
                .scheduler(scheduler)
                .placementTimeout(Duration.ofSeconds(30));
        // end::backend[]
        return router;
    }

    static void process(SessionHostBuilder host) {
        // tag::process[]
        HathoraEnvironment.read(System.getenv()).ifPresent(process -> process.applyTo(host));
        // end::process[]
    }
}
