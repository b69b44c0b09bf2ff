package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call of the side-car each. */
class SidecarTest {

    private final FakeFleet.Server gameServer = new FakeFleet().add("rooms-a", 7001, 10);
    private final FakeSidecar fake = new FakeSidecar(gameServer);
    private final Sidecar sidecar = Sidecar.at(fake.uri());

    @AfterEach
    void close() {
        sidecar.close();
        fake.close();
    }

    @Test
    void aGameServerKnowsItsNameAddressAndPorts() throws IOException {
        GameServer self = sidecar.gameServer();

        assertThat(self.hostId()).isEqualTo(HostId.of("rooms-a"));
        assertThat(self.namespace()).isEqualTo("games");
        assertThat(self.state()).isEqualTo("Ready");
        assertThat(self.address("default")).isEqualTo(new HostAddress("127.0.0.1", 7001, false));
        assertThatThrownBy(() -> self.address("web")).isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @Test
    void aCounterIsReadAndChangedByADifference() throws IOException {
        assertThat(sidecar.counter("rooms")).isEqualTo(new RoomCount(0, 10));
        assertThat(sidecar.change("rooms", 3).count()).isEqualTo(3);
        assertThat(sidecar.change("rooms", -2).count()).isEqualTo(1);

        assertThatThrownBy(() -> sidecar.change("rooms", -2)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sidecar.counter("players")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sidecar.counter("../ready")).isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeSidecar.Mood.class,
            names = {"BROKEN", "HANGING", "BABBLING"})
    void aSideCarThatIsNotWellIsAnErrorInTime(FakeSidecar.Mood mood) {
        fake.become(mood);
        long started = System.nanoTime();

        assertThatThrownBy(sidecar::gameServer).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void anAddressThatIsNotKnownInTimeIsSaidToBeMissing() {
        assertThatThrownBy(() -> sidecar.awaitAddress("web", Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no address for port web");
    }

    @Test
    void theSideCarOfThePodIsAtThePortThatAgonesNames() throws IOException {
        String port = Integer.toString(fake.uri().getPort());

        try (Sidecar local = Sidecar.local(Map.of("AGONES_SDK_HTTP_PORT", port))) {
            assertThat(local.gameServer().name()).isEqualTo("rooms-a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost", "localhost", "https://localhost"})
    void anythingButHttpIsNoSideCar(String address) {
        assertThatThrownBy(() -> Sidecar.at(URI.create(address))).isInstanceOf(RoutingException.InvalidRequest.class);
    }
}
