package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official tests of Socket.IO 5 check above Engine.IO. */
class SocketConformanceTest {

    private final TestApplication application =
            new TestApplication(SocketSettings.defaults().withConnectTimeout(Duration.ofMillis(400)));
    private final FakeLink link = application.server.webSocket();

    private FakeLink inMain() {
        link.text("40");
        link.received();
        return link;
    }

    @Test
    void theMainNamespaceIsEntered() {
        link.text("40");

        List<String> heard = link.received();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).matches("40\\{\"sid\":\"[\\w-]{20}\"}");
        assertThat(heard.get(1)).isEqualTo("42[\"auth\",{}]");
    }

    @Test
    void theMainNamespaceIsEnteredWithAPayload() {
        link.text("40{\"token\":\"123\"}");

        assertThat(link.received()).last().isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }

    @Test
    void anotherNamespaceIsEntered() {
        link.text("40/custom,{\"token\":\"abc\"}");

        List<String> heard = link.received();
        assertThat(heard.get(0)).matches("40/custom,\\{\"sid\":\"[\\w-]{20}\"}");
        assertThat(heard.get(1)).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    }

    @Test
    void anUnknownNamespaceIsNotEntered() {
        link.text("40/random");

        assertThat(link.received()).containsExactly("44/random,{\"message\":\"Invalid namespace\"}");
        link.text("40");
        assertThat(link.received()).hasSize(2);
    }

    @Test
    void whoEntersNothingIsClosedInTime() {
        application.server.pass(399);
        assertThat(link.received()).containsExactly("2");
        assertThat(link.isClosed()).isFalse();

        application.server.pass(1);

        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void whoHasEnteredIsNotClosedByThatTimer() {
        inMain();
        application.server.pass(300);
        link.text("3");
        application.server.pass(299);

        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void leavingTheOnlyNamespaceLeavesTheConnectionOpen() {
        inMain().text("41");
        application.server.pass(300);

        assertThat(link.received()).containsExactly("2");
        assertThat(application.log).containsExactly("/ gone: client namespace disconnect");
    }

    @Test
    void leavingOneNamespaceLeavesTheOther() {
        inMain().text("40/custom");
        link.received();

        link.text("41/custom");
        link.text("42[\"message\",\"to main\"]");

        assertThat(link.received()).containsExactly("42[\"message-back\",\"to main\"]");
    }

    @Test
    void eventsComeBackAsTheyWere() {
        inMain().text("42[\"message\",1,\"2\",{\"3\":[true]},null]");

        assertThat(link.received()).containsExactly("42[\"message-back\",1,\"2\",{\"3\":[true]},null]");
    }

    @Test
    void bytesComeBackAsTheyWere() {
        inMain().text("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        link.binary((byte) 1, (byte) 2, (byte) 3);
        link.binary((byte) 4, (byte) 5, (byte) 6);

        assertThat(link.received())
                .containsExactly(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        "[1, 2, 3]",
                        "[4, 5, 6]");
    }

    @Test
    void eventsAreAcknowledged() {
        inMain().text("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");

        assertThat(link.received()).containsExactly("43456[1,\"2\",{\"3\":[false]}]");
    }

    @Test
    void bytesAreAcknowledged() {
        inMain().text("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]");
        link.binary((byte) 7);

        assertThat(link.received()).containsExactly("461-789[{\"_placeholder\":true,\"num\":0}]", "[7]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "42{}",
                "42abc[\"message-with-ack\",1]",
                "42[]",
                "42[\"connect\"]",
                "451-[\"a\"",
                "4511-[\"a\"]"
            })
    void whatIsNoPacketClosesTheConnection(String packet) {
        inMain().text(packet);

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log).containsExactly("/ gone: parse error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "40{}", "44{\"message\":\"no\"}", "42/custom,[\"a\"]", "41/custom,", "43/custom,1[]"})
    void whatCannotBeNowClosesTheConnection(String packet) {
        inMain().text(packet);

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log).containsExactly("/ gone: forced server close");
    }

    @Test
    void nothingIsHeardBeforeANamespaceIsEntered() {
        link.text("42[\"message\"]");

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log).isEmpty();
    }

    @Test
    void bytesThatBelongToNothingCloseTheConnection() {
        inMain().binary((byte) 1);

        assertThat(link.isClosed()).isTrue();
    }
}
