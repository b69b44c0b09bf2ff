package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientSocketTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final TestApplication application =
            new TestApplication(new SocketSettings(SOON.multipliedBy(4), 10, 3, 2, false));
    private final FakeLink link = application.server.webSocket();
    private final List<AckOutcome> outcomes = new ArrayList<>();

    private ClientSocket enter(String namespace) {
        link.text("40" + namespace);
        link.received();
        return application.socket(namespace);
    }

    @Test
    void aClientIsAskedAndAnswers() {
        ClientSocket socket = enter("/custom");

        assertThat(socket.request("q", List.of(1), SOON, outcomes::add)).isEqualTo(Delivery.ACCEPTED);
        assertThat(link.received()).containsExactly("42/custom,0[\"q\",1]");
        link.text("43/custom,0[\"yes\"]");
        link.text("43/custom,0[\"again\"]");
        application.server.pass(100);

        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        AckOutcome.Answered.class,
                        answer -> assertThat(answer.arguments().get(0).as(String.class))
                                .isEqualTo("yes"));
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void aClientThatDoesNotAnswerIsNotWaitedFor() {
        ClientSocket socket = enter("/");
        socket.request("q", List.of(), SOON, outcomes::add);

        application.server.pass(99);
        assertThat(outcomes).isEmpty();
        application.server.pass(1);
        link.text("430[]");

        assertThat(outcomes).containsExactly(new AckOutcome.TimedOut());
    }

    @Test
    void aClientThatIsGoneDoesNotAnswer() {
        ClientSocket socket = enter("/");
        socket.request("q", List.of(), SOON, outcomes::add);

        link.listener().onClosed();

        assertThat(outcomes).containsExactly(new AckOutcome.Disconnected());
        assertThat(socket.request("q", List.of(), SOON, outcomes::add)).isEqualTo(Delivery.CLOSED);
        assertThat(application.server.time.pendingTimers()).isZero();
    }

    @Test
    void onlySoManyAnswersAreAwaited() {
        ClientSocket socket = enter("/");

        assertThat(socket.request("q", List.of(), SOON, outcomes::add)).isEqualTo(Delivery.ACCEPTED);
        assertThat(socket.request("q", List.of(), SOON, outcomes::add)).isEqualTo(Delivery.ACCEPTED);
        assertThat(socket.request("q", List.of(), SOON, outcomes::add)).isEqualTo(Delivery.SATURATED);
        link.text("430[]");

        assertThat(socket.request("q", List.of(), SOON, outcomes::add)).isEqualTo(Delivery.ACCEPTED);
    }

    @Test
    void whatIsVolatileIsDroppedWhenTheClientIsBusy() {
        ClientSocket socket = enter("/");

        assertThat(socket.emitVolatile("v", List.of(1))).isEqualTo(Delivery.ACCEPTED);
        link.received();
        link.slowDown();
        assertThat(socket.emitVolatile("v", List.of(2))).isEqualTo(Delivery.ACCEPTED);
        assertThat(socket.emitVolatile("v", List.of(3))).isEqualTo(Delivery.SATURATED);
        link.written();

        assertThat(link.received()).containsExactly("42[\"v\",2]");
    }

    @Test
    void aClientIsPutOutAndItsConnectionGoesOn() {
        ClientSocket socket = enter("/custom");
        enter("/");

        socket.disconnect();
        socket.disconnect();
        link.text("42/custom,[\"message\",\"was on its way\"]");
        link.text("42[\"message\"]");

        assertThat(link.received()).containsExactly("41/custom,", "42[\"message-back\"]");
        assertThat(socket.emit("e", List.of())).isEqualTo(Delivery.CLOSED);
        assertThat(application.log).containsExactly("/custom gone: server namespace disconnect", "/ message");
        assertThat(enter("/custom").emit("e", List.of())).isEqualTo(Delivery.ACCEPTED);
    }

    @Test
    void aRefusalTellsWhy() {
        application.namespaces.put("/closed", (socket, request) -> {
            socket.refuse("not you", Optional.of(Map.of("code", "FORBIDDEN")));
            return application.listener(socket);
        });

        link.text("40/closed,");
        link.text("40/closed,");

        assertThat(link.received())
                .hasSize(2)
                .containsOnly("44/closed,{\"message\":\"not you\",\"data\":{\"code\":\"FORBIDDEN\"}}");
        assertThat(application.log).hasSize(2).containsOnly("/closed gone: server namespace disconnect");
    }

    @Test
    void anAnswerMayTakeItsTime() {
        List<ClientSocket> waiting = new ArrayList<>();
        application.namespaces.put("/slow", (socket, request) -> {
            waiting.add(socket);
            return application.listener(socket);
        });
        link.text("40/slow");
        assertThat(waiting.get(0).emit("early", List.of())).isEqualTo(Delivery.CLOSED);

        waiting.get(0).accept("me");
        waiting.get(0).accept("twice");

        assertThat(link.received()).containsExactly("40/slow,{\"sid\":\"me\"}");
    }

    @Test
    void whoWaitsForAnAnswerSaysNothing() {
        application.namespaces.put("/slow", (socket, request) -> application.listener(socket));
        link.text("40/slow");

        link.text("40/slow");

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log).containsExactly("/slow gone: forced server close");
    }

    @Test
    void anEventBeforeTheAnswerClosesTheConnection() {
        application.namespaces.put("/slow", (socket, request) -> application.listener(socket));
        link.text("40/slow");

        link.text("42/slow,[\"early\"]");

        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void whoHasLeftSaysNothingMore() {
        enter("/");
        link.text("41");

        link.text("42[\"message\"]");

        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void nothingIsHeardBehindWhatIsNoPacket() {
        String sid = application.server.open();

        application.server.post(sid, "4junk\u001e40");

        assertThat(application.sockets).isEmpty();
    }

    @Test
    void aClientIsInSoManyNamespacesOnly() {
        for (String name : List.of("/a", "/b", "/c", "/d")) {
            application.namespaces.put(name, application::connect);
        }
        enter("/a");
        enter("/b");
        ClientSocket third = enter("/c");

        link.text("40/d");
        assertThat(link.received()).containsExactly("44/d,{\"message\":\"Too many namespaces\"}");
        third.disconnect();

        assertThat(enter("/d").emit("e", List.of())).isEqualTo(Delivery.ACCEPTED);
    }

    @Test
    void namesThatSocketIoKeepsForItselfAreRefused() {
        ClientSocket socket = enter("/");

        assertThatIllegalArgumentException().isThrownBy(() -> socket.emit("disconnect", List.of()));
    }

    @Test
    void attachmentsThatDoNotComeEndTheConnection() {
        enter("/");
        link.text("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        live(399);
        link.binary((byte) 1);
        live(399);
        assertThat(link.isClosed()).isFalse();

        live(1);

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log).containsExactly("/ gone: parse error");
        assertThat(application.server.time.pendingTimers()).isZero();
    }

    @Test
    void attachmentsThatComeInTimeAreWaitedForNoLonger() {
        enter("/");
        link.text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        link.binary((byte) 1);
        live(1_000);

        assertThat(link.isClosed()).isFalse();
        assertThat(application.log).containsExactly("/ message");
    }

    /** Lets time pass for a client that answers pings;. */
    private void live(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            link.listener().onText("3");
            application.server.pass(Math.min(left, 100));
        }
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheEndFromTheOthers() {
        ClientSocket socket = enter("/custom");
        socket.request("q", List.of(), SOON, outcome -> {
            throw new IllegalStateException("a fault in the application");
        });
        enter("/");

        assertThatIllegalStateException().isThrownBy(() -> link.listener().onClosed());

        assertThat(application.log)
                .containsExactlyInAnyOrder("/ gone: transport close", "/custom gone: transport close");
    }

    @Test
    void theEndOfTheConnectionIsToldInEachNamespaceOnce() {
        enter("/");
        enter("/custom");

        application.server.pass(500);

        assertThat(application.log).containsExactlyInAnyOrder("/ gone: ping timeout", "/custom gone: ping timeout");
        assertThat(application.server.time.pendingTimers()).isZero();
    }

    @Test
    void theSessionsSecretIsNotTheClientsName() {
        String sid = application.server.open();
        application.server.post(sid, "40");

        assertThat(application.server.get(sid).body()).contains("40{\"sid\":\"").doesNotContain(sid);
    }
}
