package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of clients of each kind when the server stops, and that nothing is left behind. */
class SocketIoStopTest {

    private SocketIoServer server;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.echo();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        await("no timer is left").atMost(Duration.ofMinutes(1)).until(() -> {
            // A WebSocket that is being closed has a moment to see it.
            server.time.advance(Duration.ofSeconds(3));
            return server.time.pendingTimers() == 0;
        });
    }

    @Test
    void clientsOfEachKindAreToldAndLetGo() throws Exception {
        String polling = server.open();
        CompletableFuture<String> poll = server.heldPoll(polling);
        server.open();
        String changing = server.open();
        try (RawClient webSocket = server.webSocket();
                RawClient candidate = server.webSocket("&sid=" + changing)) {
            candidate.send(text("2probe"));
            assertThat(candidate.readText()).isEqualTo("3probe");

            server.server.stop();

            assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 1");
            assertThat(webSocket.readClose()).isEqualTo("1000 ");
            assertThat(candidate.readClose()).isNotEmpty();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log)
                        .filteredOn("server shutting down"::equals)
                        .hasSize(4));
    }

    @Test
    void whileItStopsNobodyIsLetIn() throws Exception {
        server.server.setStopTimeout(10_000);
        try (RawClient client = server.webSocket()) {
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopServer);
            assertThat(client.readClose()).isEqualTo("1000 ");
            await().atMost(Duration.ofMinutes(1)).until(server.handler::isShutdown);
            assertThat(stopping).isNotDone();

            client.send(close(1000, ""));

            stopping.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void itCanBeStartedAgain() throws Exception {
        server.open();
        server.server.stop();

        server.server.start();

        String sid = server.open();
        assertThat(server.post(sid, "4again").statusCode()).isEqualTo(200);
        assertThat(server.status(sid)).isEqualTo("200 4again");
        assertThat(server.handler.sessions()).isEqualTo(1);
    }

    @Test
    void fiveHundredClientsAtOnceLeaveNothing() throws Exception {
        List<CompletableFuture<String>> polls = new ArrayList<>();
        List<RawClient> sockets = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            sockets.add(server.webSocket());
            polls.add(server.poll(server.open()));
        }
        await("all are ready to hear")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.connections)
                        .filteredOn(connection -> !connection.isWritable())
                        .isEmpty());
        assertThat(server.handler.sessions()).isEqualTo(500);
        assertThat(server.handler.webSockets()).isEqualTo(250);

        server.server.stop();

        for (CompletableFuture<String> poll : polls) {
            assertThat(poll.get(60, TimeUnit.SECONDS)).isEqualTo("200 1");
        }
        for (RawClient socket : sockets) {
            assertThat(socket.readClose()).isEqualTo("1000 ");
            socket.close();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.log)
                        .filteredOn("server shutting down"::equals)
                        .hasSize(500));
        assertThat(server.handler.sessions()).isZero();
    }

    private void stopServer() {
        try {
            server.server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
