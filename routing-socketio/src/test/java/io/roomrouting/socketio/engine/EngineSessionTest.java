package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.session.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official tests leave open. */
class EngineSessionTest {

    private final Echo echo = new Echo();
    private final FakeServer server = new FakeServer(echo);

    @Test
    void aHandshakeCanBeForbidden() {
        echo.refusal = Optional.of("not \"you\"");

        assertThat(server.call("GET", "EIO=4&transport=polling").told())
                .isEqualTo("403 {\"code\":4,\"message\":\"not \\\"you\\\"\"}");
        assertThat(server.offer("EIO=4&transport=websocket")).isInstanceOf(WebSocketOffer.Refused.class);
        assertThat(server.engine.sessionCount()).isZero();
    }

    @Test
    void anotherMethodWithASessionIsAnError() {
        String sid = server.open();

        assertThat(server.call("PUT", "EIO=4&transport=polling&sid=" + sid).told())
                .isEqualTo("500 ");
    }

    @Test
    void twoPostsAtOnceEndASession() {
        String sid = server.open();
        FakeServer.Call first = server.begin(sid);

        FakeServer.Call second = server.begin(sid);
        first.listener().onBody("4late".getBytes(UTF_8));
        second.listener().onBody("4later".getBytes(UTF_8));

        assertThat(second.told()).isEqualTo("400 ");
        assertThat(first.status()).isEqualTo(400);
        assertThat(echo.log).containsExactly("opened", "transport error");
    }

    @Test
    void aPostThatIsGivenUpEndsASession() {
        String sid = server.open();
        FakeServer.Call poll = server.get(sid);

        server.begin(sid).listener().onAborted();

        assertThat(poll.told()).isEqualTo("200 1");
        assertThat(echo.log).containsExactly("opened", "transport error");
    }

    @Test
    void aBodyOfMereBytesEndsASession() {
        String sid = server.open();

        FakeServer.Call call = server.call(
                "POST", "EIO=4&transport=polling&sid=" + sid, Map.of("content-type", "application/octet-stream"));

        assertThat(call.told()).isEqualTo("400 ");
        assertThat(echo.log).containsExactly("opened", "transport error");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAndTheSessionGoesOn() {
        String sid = server.open();

        assertThat(server.post(sid, "4" + "x".repeat(1_000_000)).told()).isEqualTo("413 ");
        FakeServer.Call call = server.begin(sid);
        call.listener().onTooLarge();
        assertThat(call.told()).isEqualTo("413 ");

        assertThat(server.post(sid, "4" + "x".repeat(999_999)).told()).isEqualTo("200 ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2probe", "5"})
    void whatOnlyTheOtherSideMaySendEndsASession(String packet) {
        FakeLink link = server.webSocket();

        link.text(packet);

        assertThat(link.isClosed()).isTrue();
        assertThat(server.engine.sessionCount()).isZero();
    }

    @Test
    void nothingIsHeardAfterTheGoodbye() {
        String sid = server.open();

        server.post(sid, "4a\u001e1\u001e4b\u001e3");

        assertThat(echo.log).containsExactly("opened", "a", "read", "transport close");
    }

    @Test
    void anythingElseOnACandidateClosesItAlone() {
        String sid = server.open();
        for (String packet : List.of("2", "2prob", "5", "4hello", "1", "6", "junk", "3probe")) {
            FakeLink link = server.candidate(sid);
            link.text(packet);
            assertThat(link.isClosed()).as(packet).isTrue();
        }
        FakeLink twice = server.candidate(sid);
        twice.text("2probe");
        twice.text("2probe");
        FakeLink binary = server.candidate(sid);
        binary.binary((byte) 1);

        assertThat(twice.isClosed()).isTrue();
        assertThat(binary.isClosed()).isTrue();
        assertThat(server.post(sid, "4still here").told()).isEqualTo("200 ok");
        assertThat(server.get(sid).body()).isEqualTo("4still here");
    }

    @Test
    void aCandidateThatTakesTooLongIsClosedAlone() {
        EngineServer engine = EngineServer.builder(echo)
                .time(server.time)
                .ids(new RandomIds(new java.util.Random(2)))
                .executor(Runnable::run)
                .build();
        var request = new EngineRequest("GET", Map.of("EIO", "4", "transport", "polling"), Map.of(), "192.0.2.1");
        List<HttpReply> replies = new ArrayList<>();
        engine.request(request, replies::add);
        String sid = UTF_8.decode(replies.get(0).body()).toString().substring(9, 29);
        var upgrade = new EngineRequest(
                "GET", Map.of("EIO", "4", "transport", "websocket", "sid", sid), Map.of(), "192.0.2.1");
        FakeLink link = new FakeLink();
        link.open(((WebSocketOffer.Accepted) engine.webSocket(upgrade)).opening());
        link.text("2probe");

        server.pass(9_999);
        assertThat(link.isClosed()).isFalse();
        server.pass(1);

        assertThat(link.isClosed()).isTrue();
        assertThat(engine.sessionCount()).isEqualTo(1);
    }

    @Test
    void everyPollDuringAnUpgradeEndsSoon() {
        String sid = server.open();
        FakeLink link = server.candidate(sid);
        FakeServer.Call before = server.get(sid);
        link.text("2probe");
        server.pass(100);
        assertThat(before.told()).isEqualTo("200 6");
        server.pass(50);

        FakeServer.Call later = server.get(sid);
        server.pass(99);
        assertThat(later.isHeld()).isTrue();
        server.pass(1);

        assertThat(later.told()).isEqualTo("200 6");
    }

    @Test
    void onlyOneCandidateIsTried() {
        String sid = server.open();
        FakeLink first = server.candidate(sid);

        FakeLink second = server.candidate(sid);

        assertThat(second.isClosed()).isTrue();
        assertThat(first.isClosed()).isFalse();
        first.listener().onFailed();
        assertThat(server.candidate(sid).isClosed()).isFalse();
        assertThat(server.engine.sessionCount()).isEqualTo(1);
    }

    @Test
    void messagesKeepTheirOrderAcrossTheChange() {
        String sid = server.open();
        FakeLink link = server.candidate(sid);
        List<String> expected = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("4" + i);
            echo.say("" + i);
            if (i == 100) {
                heard.addAll(List.of(server.get(sid).body().split("\u001e", -1)));
                link.text("2probe");
            }
            if (i == 200) {
                heard.addAll(List.of(server.get(sid).body().split("\u001e", -1)));
            }
            if (i == 350) {
                link.text("5");
            }
        }
        heard.addAll(link.received());

        heard.remove("3probe");
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void thisSideEndsASessionThatPolls() {
        String sid = server.open();
        echo.say("last words");

        echo.connection().close(CloseReason.FORCED_CLOSE);

        assertThat(echo.connection().offer(List.of())).isEqualTo(Delivery.CLOSED);
        assertThat(server.get(sid).told()).isEqualTo("200 4last words\u001e1");
        assertThat(server.get(sid).status()).isEqualTo(400);
        assertThat(echo.log).containsExactly("opened", "forced close");
        assertThat(server.time.pendingTimers()).isZero();
    }

    @Test
    void thisSideEndsASessionWhoseClientDoesNotFetchTheNews() {
        server.open();
        echo.connection().close(CloseReason.FORCED_CLOSE);

        server.pass(29_999);
        assertThat(server.engine.sessionCount()).isEqualTo(1);
        server.pass(1);

        assertThat(server.engine.sessionCount()).isZero();
        assertThat(echo.log).containsExactly("opened", "forced close");
    }

    @Test
    void thisSideEndsAWebSocketAfterWhatItHasSaid() {
        FakeLink link = server.webSocket();
        link.slowDown();
        echo.say("a");
        echo.say("b");

        echo.connection().close(CloseReason.FORCED_CLOSE);
        assertThat(link.isClosed()).isFalse();
        link.written();

        assertThat(link.received()).containsExactly("4a", "4b");
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void aClosingSessionMayStillChangeOver() {
        String sid = server.open();
        FakeLink link = server.candidate(sid);
        link.text("2probe");
        echo.say("last words");
        echo.connection().close(CloseReason.FORCED_CLOSE);

        link.text("5");

        assertThat(link.received()).containsExactly("3probe", "4last words");
        assertThat(link.isClosed()).isTrue();
        assertThat(echo.log).containsExactly("opened", "forced close");
    }

    @Test
    void aServerThatStopsEndsAllAndTakesNoMore() {
        FakeLink link = server.webSocket();

        server.engine.close();

        assertThat(link.isClosed()).isTrue();
        assertThat(echo.log).containsExactly("opened", "server shutting down");
        assertThat(server.call("GET", "EIO=4&transport=polling").status()).isEqualTo(503);
    }

    @Test
    void aServerThatCannotBeReachedAnyMoreWaitsForNobody() {
        server.open();

        server.engine.close();
        server.engine.abandon();

        assertThat(server.engine.sessionCount()).isZero();
        assertThat(echo.log).containsExactly("opened", "server shutting down");
    }

    @Test
    void whatIsSaidToTheMessagesOfOneReadGoesOutAtOnce() {
        FakeLink link = server.webSocket("EIO=4&transport=websocket");
        link.received();

        link.listener().onText("4a");
        link.listener().onText("4b");
        assertThat(link.received()).isEmpty();
        link.listener().onReadComplete();

        assertThat(link.received()).containsExactly("4a", "4b");
    }

    @Test
    void whatWaitsForAClientIsBounded() {
        FakeServer small = new FakeServer(echo, EngineSettings.defaults().withBounds(1_000, 1_000, 2));
        FakeLink link = small.webSocket();
        link.slowDown();
        List<EncodedPacket> message = List.of(EncodedPacket.message("x".repeat(300)));

        assertThat(echo.connection().offer(message)).isEqualTo(Delivery.ACCEPTED);
        echo.connection().flush();
        assertThat(echo.connection().offer(message)).isEqualTo(Delivery.ACCEPTED);
        assertThat(echo.connection().offer(message)).isEqualTo(Delivery.ACCEPTED);
        assertThat(echo.connection().offer(message)).isEqualTo(Delivery.SATURATED);
        assertThat(echo.connection().isWritable()).isFalse();
        link.written();

        assertThat(echo.connection().offer(message)).isEqualTo(Delivery.ACCEPTED);
        assertThat(link.received()).hasSize(3);
    }

    @Test
    void whatWaitsToBeHandledIsBoundedAndHandledInOrder() {
        FakeLink[] link = new FakeLink[1];
        FakeServer small = new FakeServer(
                (connection, handshake) -> new EngineListener() {
                    @Override
                    public void onText(String text) {
                        if (text.equals("busy")) {
                            for (int i = 0; i < 4; i++) {
                                link[0].listener().onText("4" + "x".repeat(300));
                            }
                        }
                        echo.log.add(text.length() + " in");
                    }

                    @Override
                    public void onBinary(byte[] bytes) {}

                    @Override
                    public void onReadComplete() {}

                    @Override
                    public void onClosed(CloseReason reason) {
                        echo.log.add(reason.text());
                    }
                },
                EngineSettings.defaults().withBounds(1_000, 1_000, 2));
        link[0] = small.webSocket();

        link[0].text("4busy");

        assertThat(echo.log).containsExactly("4 in", "300 in", "300 in", "300 in", "transport error");
        assertThat(link[0].isClosed()).isTrue();
    }

    @Test
    void emptyMessagesThatWaitAreBoundedToo() {
        FakeLink[] link = new FakeLink[1];
        FakeServer small = new FakeServer(
                (connection, handshake) -> new EngineListener() {
                    @Override
                    public void onText(String text) {
                        if (text.equals("busy")) {
                            for (int i = 0; i < 32; i++) {
                                link[0].listener().onText("4");
                            }
                        }
                        echo.log.add(text.length() + " in");
                    }

                    @Override
                    public void onBinary(byte[] bytes) {}

                    @Override
                    public void onReadComplete() {}

                    @Override
                    public void onClosed(CloseReason reason) {
                        echo.log.add(reason.text());
                    }
                },
                EngineSettings.defaults().withBounds(1_000, 1_000, 2));
        link[0] = small.webSocket();

        link[0].text("4busy");

        assertThat(echo.log).hasSize(1 + 31 + 1).endsWith("0 in", "transport error");
        assertThat(link[0].isClosed()).isTrue();
    }

    @Test
    void aSessionThatHasEndedLeavesNoTimer() {
        String sid = server.open();
        echo.connection().close(CloseReason.FORCED_CLOSE);
        assertThat(server.time.pendingTimers()).isEqualTo(1);

        assertThat(server.get(sid).body()).isEqualTo("1");

        assertThat(server.time.pendingTimers()).isZero();
    }

    @Test
    void theNumberOfSessionsIsBounded() {
        FakeServer small = new FakeServer(echo, EngineSettings.defaults().withBounds(1_000, 1_000, 2));
        small.open();
        small.webSocket();

        FakeServer.Call call = small.call("GET", "EIO=4&transport=polling");

        assertThat(call.status()).isEqualTo(503);
        assertThat(call.reply().headers()).containsEntry("Retry-After", "1");
        assertThat(small.offer("EIO=4&transport=websocket")).isInstanceOf(WebSocketOffer.Refused.class);
    }

    @Test
    void aTransportThatIsNotAllowedIsUnknown() {
        FakeServer sockets =
                new FakeServer(echo, EngineSettings.defaults().withTransports(Set.of(EngineTransport.WEBSOCKET)));
        FakeServer polls =
                new FakeServer(echo, EngineSettings.defaults().withTransports(Set.of(EngineTransport.POLLING)));

        assertThat(sockets.call("GET", "EIO=4&transport=polling").body()).contains("\"code\":0");
        assertThat(polls.call("GET", "EIO=4&transport=polling").body()).contains("\"upgrades\":[]");
    }

    @Test
    void aListenerThatFailsCostsItsSessionAndIsReported() {
        FakeServer failing = new FakeServer((connection, handshake) -> new EngineListener() {
            @Override
            public void onText(String text) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void onBinary(byte[] bytes) {}

            @Override
            public void onReadComplete() {}

            @Override
            public void onClosed(CloseReason reason) {
                echo.log.add(reason.text());
            }
        });
        FakeLink link = failing.webSocket();

        assertThatThrownBy(() -> link.text("4x")).hasMessage("on purpose");

        assertThat(link.isClosed()).isTrue();
        assertThat(echo.log).containsExactly("forced close");
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSettings.defaults().withHeartbeat(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessageContaining("pingInterval is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSettings.defaults().withBounds(2, 1, 1))
                .withMessageContaining("maxBuffered is 1");
    }

    @Test
    void aSessionsNameDoesNotReachLogs() {
        assertThat(new EngineRequest("GET", Map.of("sid", "hush"), Map.of("cookie", "hush"), "192.0.2.1"))
                .asString()
                .doesNotContain("hush");
    }
}
