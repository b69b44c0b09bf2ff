package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections end, from either side. */
class WebSocketClosingTest {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private TestServer server;
    private RawClient client;
    private RecordingHost.Visit visit;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(options -> options.settings(
                WebSocketSettings.defaults().withCloseTimeout(CLOSE_TIMEOUT).withMaxOutboundBytes(100_000)));
        client = server.raw().upgrade();
        visit = server.host.next();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.connections() == 0);
        assertThat(server.host.permits).hasValue(0);
        server.close();
    }

    @Test
    void aGoodbyeOfTheClientIsAnsweredWithItsOwnCode() throws Exception {
        visit.send("last", "words");
        client.send(close(4001, "thanks"), text("{\"event\":\"late\"}"));

        assertThat(client.readText()).isEqualTo("{\"event\":\"last\",\"data\":\"words\"}");
        assertThat(client.read().closeText()).isEqualTo("4001 ");
        client.awaitEnd();
        assertThat(visit.end()).isEqualTo(LeaveReason.LEFT);
        assertThat(visit.hasEvents()).isFalse();
        assertThat(visit.send("late", 1)).isEqualTo(Delivery.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"4099, LEFT", "4100, CONNECTION_LOST", "4299, CONNECTION_LOST", "4300, LEFT", "1000, LEFT", "1001, LEFT"
    })
    void aClientThatGivesUpAConnectionToComeBackHasNotLeft(int code, LeaveReason reason) throws Exception {
        client.send(close(code, ""));

        client.awaitEnd();
        assertThat(visit.end()).isEqualTo(reason);
    }

    @Test
    void aGoodbyeOfTheHostComesAfterWhatHasGathered() throws Exception {
        visit.connection.offer(visit.connection.format().event("gathered", java.util.List.of()));
        visit.connection.close(LeaveReason.MOVED, Duration.ofMillis(300));

        assertThat(visit.send("late", 1)).isEqualTo(Delivery.CLOSED);
        assertThat(client.readText()).isEqualTo("{\"event\":\"gathered\"}");
        assertThat(client.read().closeText()).isEqualTo("4100 MOVED;retryAfterMs=300");
        assertThat(visit.hasEnded()).as("the client has not answered").isFalse();

        client.send(text("{\"event\":\"late\"}"), close(4100, ""));
        client.awaitEnd();
        assertThat(visit.end()).isEqualTo(LeaveReason.MOVED);
        assertThat(visit.hasEvents()).isFalse();
    }

    @Test
    void aSecondGoodbyeChangesNothing() throws Exception {
        visit.connection.close(LeaveReason.KICKED, Duration.ZERO);
        visit.connection.close(LeaveReason.MOVED, Duration.ZERO);
        visit.connection.flush();

        assertThat(client.read().closeText()).isEqualTo("4307 KICKED");
        client.send(close(1000, ""));
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void aClientThatDoesNotAnswerTheGoodbyeIsCutOff() throws Exception {
        visit.connection.close(LeaveReason.KICKED, Duration.ZERO);
        assertThat(client.readClose()).isEqualTo("4307 KICKED");

        server.time.advance(CLOSE_TIMEOUT.minusMillis(1));
        assertThat(visit.hasEnded()).isFalse();
        server.time.advance(Duration.ofMillis(1));

        client.awaitEnd();
        assertThat(visit.end()).isEqualTo(LeaveReason.KICKED);
    }

    @Test
    void aClientThatDoesNotReadIsSaturatedAndThenLosesWhatWaits() throws Exception {
        try (RawClient narrow = RawClient.connectNarrow(server.port()).upgrade()) {
            RecordingHost.Visit stalled = server.host.next();
            String kilobyte = "x".repeat(1_000);
            long accepted = 0;
            while (stalled.send("fill", kilobyte) == Delivery.ACCEPTED) {
                accepted++;
                assertThat(accepted)
                        .as("the server's own and the system's buffers are bounded")
                        .isLessThan(20_000);
            }
            assertThat(visit.send("fine", 1)).as("others do not notice").isEqualTo(Delivery.ACCEPTED);
            assertThat(client.readText()).contains("fine");

            stalled.connection.close(LeaveReason.SLOW_CONSUMER, Duration.ofMillis(50));

            assertThat(narrow.readClose())
                    .as("a client that reads again in time sees why")
                    .isEqualTo("4106 SLOW_CONSUMER;retryAfterMs=50");
            narrow.send(close(4106, ""));
            narrow.awaitEnd();
            assertThat(stalled.end()).isEqualTo(LeaveReason.SLOW_CONSUMER);
        }
    }

    @Test
    void aClientThatNeverReadsAgainIsCutOff() throws Exception {
        try (RawClient narrow = RawClient.connectNarrow(server.port()).upgrade()) {
            RecordingHost.Visit stalled = server.host.next();
            while (stalled.send("fill", "x".repeat(1_000)) == Delivery.ACCEPTED) {
                assertThat(stalled.hasEnded()).isFalse();
            }
            stalled.connection.close(LeaveReason.SLOW_CONSUMER, Duration.ZERO);

            server.time.advance(CLOSE_TIMEOUT);

            assertThat(stalled.end()).isEqualTo(LeaveReason.SLOW_CONSUMER);
            await().atMost(Duration.ofMinutes(1)).until(() -> server.host.permits.get() == 1);
        }
    }

    @Test
    void aServerThatStopsSaysGoodbye() throws Exception {
        server.server.stop();

        assertThat(client.readClose()).isEqualTo("1001 SERVER_STOPPING");
        client.awaitEnd();
        assertThat(visit.end()).isEqualTo(LeaveReason.SERVER_STOPPING);
    }

    @Test
    void aServerThatStopsGracefullyWaitsForTheAnswers() throws Exception {
        server.server.setStopTimeout(10_000);
        Thread stopping = new Thread(() -> {
            try {
                server.server.stop();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        stopping.start();

        assertThat(client.readClose()).isEqualTo("1001 SERVER_STOPPING");
        assertThat(server.server.isStopping()).isTrue();
        client.send(close(1001, ""));
        client.awaitEnd();
        stopping.join(10_000);
        assertThat(server.server.isStopped()).isTrue();
        assertThat(visit.end()).isEqualTo(LeaveReason.SERVER_STOPPING);
    }
}
