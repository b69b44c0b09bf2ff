package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakesTest {

    private static final String SOCKET = "EIO=4&transport=websocket";
    private static final String POLL = "EIO=4&transport=polling";

    private int taken;
    private final FakeServer server = new FakeServer(EngineServer.builder(new Echo())
            .executor(Runnable::run)
            .permits(this::permit)
            .settings(EngineSettings.defaults().withHeartbeat(FakeServer.PING_INTERVAL, FakeServer.PING_TIMEOUT)));

    private ConnectionPermit permit(String address) {
        assertThat(address).isEqualTo("192.0.2.1");
        if (taken == 2) {
            throw RoutingException.unavailable(ErrorCode.RATE_LIMITED, "too many from there", Duration.ofSeconds(1));
        }
        taken++;
        return () -> taken--;
    }

    @Test
    void anAddressHasSoManyPlaces() {
        server.webSocket();
        server.open();

        assertThat(server.call("GET", POLL).told()).isEqualTo("403 {\"code\":4,\"message\":\"too many from there\"}");
        assertThat(server.offer(SOCKET))
                .isInstanceOfSatisfying(
                        WebSocketOffer.Refused.class,
                        refused -> assertThat(refused.reply().status()).isEqualTo(400));
        assertThat(server.engine.sessionCount()).isEqualTo(2);
    }

    @Test
    void aPlaceIsGivenBackHoweverASessionEnds() {
        FakeLink link = server.webSocket();
        server.open();
        link.listener().onFailed();
        assertThat(taken).isEqualTo(1);

        server.pass(500);
        assertThat(taken).isZero();
    }

    @Test
    void aWebSocketThatIsNeverOpenedGivesItsPlaceBack() {
        WebSocketOffer.Accepted late = (WebSocketOffer.Accepted) server.offer(SOCKET);
        assertThat(taken).isEqualTo(1);

        server.pass(10_000);
        assertThat(taken).isZero();

        FakeLink link = new FakeLink();
        link.open(late.opening());
        link.text("4hello");
        assertThat(link.isClosed()).isTrue();
        assertThat(link.received()).isEmpty();
        assertThat(server.engine.sessionCount()).isZero();
    }

    @Test
    void aClientThatFailsToBeginTakesNoPlace() {
        server.call("GET", "EIO=3&transport=polling");
        server.call("POST", POLL);

        assertThat(taken).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a\u0000", "http://\u263a", "a\r\nb", "\u007f"})
    void anOriginThatCannotBeSentBackIsABadRequest(String origin) {
        Map<String, String> headers = Map.of("origin", origin);

        assertThat(server.call("GET", POLL, headers).told()).isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(server.call("GET", POLL, Map.of("origin", "http://caf\u00e9"))
                        .status())
                .isEqualTo(200);
    }
}
