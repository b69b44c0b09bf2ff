package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the official tests of Engine.IO 4 check, as far as it needs no network. */
class ConformanceTest {

    private static final String HANDSHAKE =
            "0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[%s],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}";

    private final Echo echo = new Echo();
    private final FakeServer server = new FakeServer(echo);

    @Test
    void aSessionOpensByPolling() {
        FakeServer.Call call = server.call("GET", "EIO=4&transport=polling");

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.body()).matches(HANDSHAKE.formatted("\"websocket\""));
        assertThat(call.reply().headers())
                .containsEntry("Content-Type", "text/plain; charset=UTF-8")
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void aSessionOpensByWebSocket() {
        assertThat(server.webSocket("EIO=4&transport=websocket").received())
                .singleElement()
                .asString()
                .matches(HANDSHAKE.formatted(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET transport=polling 5",
                "GET EIO=abc&transport=polling 5",
                "GET EIO=3&transport=polling 5",
                "GET EIO=4 0",
                "GET EIO=4&transport=abc 0",
                "GET EIO=4&transport=POLLING 0",
                "GET EIO=4&transport=websocket 3",
                "POST EIO=4&transport=polling 2",
                "PUT EIO=4&transport=polling 2",
                "GET EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA 1",
                "POST EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA 1"
            })
    void aBadHandshakeIsRefusedWithItsCode(String method, String query, int code) {
        FakeServer.Call call = server.call(method, query);

        assertThat(call.status()).isEqualTo(400);
        assertThat(call.body())
                .startsWith("{\"code\":" + code + ",\"message\":\"")
                .endsWith("\"}");
        assertThat(call.reply().headers()).containsEntry("Content-Type", "application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "transport=websocket, Unsupported protocol version",
        "EIO=abc&transport=websocket, Unsupported protocol version",
        "EIO=4, Transport unknown",
        "EIO=4&transport=abc, Transport unknown",
        "EIO=4&transport=polling, Bad request",
        "EIO=4&transport=websocket&sid=AAAAAAAAAAAAAAAAAAAA, Session ID unknown"
    })
    void aBadWebSocketIsRefusedWithText(String query, String message) {
        assertThat(server.offer(query)).isInstanceOfSatisfying(WebSocketOffer.Refused.class, refused -> {
            assertThat(refused.reply().status()).isEqualTo(400);
            assertThat(refused.reply().headers()).containsEntry("Connection", "close");
            assertThat(UTF_8.decode(refused.reply().body()).toString()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @CsvSource({"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA=="})
    void packetsGoBothWaysByPolling(String payload) {
        String sid = server.open();

        FakeServer.Call post = server.post(sid, payload);

        assertThat(post.told()).isEqualTo("200 ok");
        assertThat(post.reply().headers()).containsEntry("Content-Type", "text/html");
        assertThat(server.get(sid).told()).isEqualTo("200 " + payload);
    }

    @Test
    void packetsGoBothWaysByWebSocket() {
        FakeLink link = server.webSocket();

        link.text("4hello");
        link.binary((byte) 1, (byte) 2);

        assertThat(link.received()).containsExactly("4hello", "[1, 2]");
    }

    @Test
    void whatIsNoPacketEndsASession() {
        String sid = server.open();
        FakeLink link = server.webSocket();

        assertThat(server.post(sid, "abc").told()).isEqualTo("400 ");
        link.text("abc");

        assertThat(server.get(sid).status()).isEqualTo(400);
        assertThat(link.isClosed()).isTrue();
        assertThat(echo.log).contains("parse error");
    }

    @Test
    void twoPollsAtOnceEndASession() {
        String sid = server.open();
        FakeServer.Call first = server.get(sid);

        FakeServer.Call second = server.get(sid);

        assertThat(first.told()).isEqualTo("200 1");
        assertThat(second.told()).isEqualTo("400 ");
        assertThat(server.get(sid).body()).contains("\"code\":1");
        assertThat(echo.log).containsExactly("opened", "transport error");
    }

    @Test
    void aPollThatIsGivenUpEndsASession() {
        String sid = server.open();

        server.get(sid).listener().onAborted();

        assertThat(server.engine.sessionCount()).isZero();
        assertThat(server.get(sid).status()).isEqualTo(400);
        assertThat(echo.log).containsExactly("opened", "transport error");
    }

    @Test
    void theHeartbeatGoesOnAsLongAsItIsAnswered() {
        String sid = server.open();
        FakeLink link = server.webSocket();
        for (int i = 0; i < 5; i++) {
            FakeServer.Call poll = server.get(sid);
            server.pass(299);
            assertThat(poll.isHeld()).isTrue();
            server.pass(1);

            assertThat(poll.told()).isEqualTo("200 2");
            assertThat(link.received()).containsExactly("2");
            server.pass(199);
            server.post(sid, "3");
            link.text("3");
        }
    }

    @Test
    void aClientThatDoesNotAnswerIsGone() {
        String sid = server.open();
        FakeLink link = server.webSocket();

        server.pass(499);
        assertThat(server.engine.sessionCount()).isEqualTo(2);
        server.pass(1);

        assertThat(server.get(sid).status()).isEqualTo(400);
        assertThat(link.isClosed()).isTrue();
        assertThat(echo.log).containsExactly("opened", "opened", "ping timeout", "ping timeout");
        assertThat(server.time.pendingTimers()).isZero();
    }

    @Test
    void aClientEndsItsSession() {
        String sid = server.open();
        FakeServer.Call poll = server.get(sid);
        FakeLink link = server.webSocket();

        assertThat(server.post(sid, "1").told()).isEqualTo("200 ok");
        link.text("1");

        assertThat(poll.told()).isEqualTo("200 6");
        assertThat(server.get(sid).status()).isEqualTo(400);
        assertThat(link.isClosed()).isTrue();
        assertThat(server.time.pendingTimers()).isZero();
    }

    @Test
    void theLastPollMayComeAfterTheGoodbyeOnce() {
        String sid = server.open();

        server.post(sid, "1");

        assertThat(server.get(sid).told()).isEqualTo("200 6");
        assertThat(server.get(sid).status()).isEqualTo(400);
    }

    @Test
    void theLastPollMustComeSoon() {
        String sid = server.open();
        server.post(sid, "1");

        server.pass(2_001);

        assertThat(server.get(sid).status()).isEqualTo(400);
    }

    @Test
    void aWebSocketTakesOver() {
        String sid = server.open();
        FakeLink link = server.candidate(sid);

        link.text("2probe");
        assertThat(link.received()).containsExactly("3probe");
        FakeServer.Call poll = server.get(sid);
        server.pass(99);
        assertThat(poll.isHeld()).isTrue();
        server.pass(1);
        assertThat(poll.told()).isEqualTo("200 6");
        link.text("5");
        link.text("4hello");

        assertThat(link.received()).containsExactly("4hello");
    }

    @Test
    void requestsAfterTheChangeAreRefused() {
        String sid = server.open();
        FakeLink link = server.candidate(sid);
        link.text("2probe");
        FakeServer.Call racing = server.get(sid);
        link.text("5");
        FakeLink second = server.candidate(sid);

        assertThat(racing.told()).isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(server.get(sid).told()).isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(server.begin(sid).status()).isEqualTo(400);
        assertThat(second.isClosed()).isTrue();
        link.text("4hello");
        assertThat(link.received()).containsExactly("3probe", "4hello");
    }
}
