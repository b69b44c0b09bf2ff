package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.scheduling.ProvidedHosts;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From the name of a game server to the life of a host. */
class HostLookupTest {

    private static final HostAddress ADDRESS = new HostAddress("127.0.0.1", 7001, false);

    @Test
    void ofTwoLivesOfOneGameServerTheOneThatTakesRoomsIsMeant() {
        Lives lives = new Lives();
        FakeFleet.Server server = new FakeFleet().add("rooms-a", 7001, 5);
        HostIncarnation earlier = lives.born(server);
        lives.registry.mark(earlier, HostState.DRAINING);
        HostIncarnation later = lives.born(server);

        assertThat(HostLookup.registered(lives.registry).living(HostId.of("rooms-a"), ADDRESS))
                .contains(later);
        assertThat(HostLookup.registered(lives.registry).living(HostId.of("rooms-b"), ADDRESS))
                .isEmpty();
    }

    @Test
    void aHostThatCallsNobodyIsFoundUnderItsOwnNameOnly() {
        InMemoryRegistry registry =
                InMemoryRegistry.builder().lease(Duration.ofSeconds(3)).build();
        ProbedHost ear = new ProbedHost();
        try (SessionHost host = SessionHost.builder()
                        .id(HostId.of("rooms-b"))
                        .address(ADDRESS)
                        .probed(ear)
                        .rooms(room -> new RoomHandler() {})
                        .start();
                ProvidedHosts hosts =
                        ProvidedHosts.start(registry, (address, request, timeout) -> ear.onProbe(request))) {
            HostLookup lookup = HostLookup.probed(hosts);

            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> lookup.living(HostId.of("rooms-b"), ADDRESS),
                            life -> life.equals(
                                    java.util.Optional.of(host.status().host())));
            assertThat(lookup.living(HostId.of("rooms-a"), ADDRESS))
                    .as("a game server that had the address before")
                    .isEmpty();
        }
    }
}
