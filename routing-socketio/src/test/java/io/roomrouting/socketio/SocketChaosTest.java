package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Clients that send any packet at any time, to an application that does anything at any time. */
class SocketChaosTest {

    private static final String[] PACKETS = {
        "40",
        "40/custom",
        "40/slow",
        "40/random",
        "41",
        "41/custom,",
        "42[\"message\",1]",
        "42/custom,[\"message\"]",
        "427[\"message-with-ack\",1]",
        "430[1]",
        "43/custom,1[]",
        "44{}",
        "451-[\"message\",{\"_placeholder\":true,\"num\":0}]",
        "450-[\"message\"]",
        "42[\"connect\"]",
        "4junk",
        "3",
        "6"
    };

    @Test
    void whoCameInIsToldOfTheEndOnce() {
        RandomGenerator random = Randoms.printed("chaos of packets");
        for (int run = 0; run < 1_500; run++) {
            TestApplication application =
                    new TestApplication(SocketSettings.defaults().withConnectTimeout(Duration.ofMillis(400)));
            int[] came = {0};
            for (String name : List.of("/", "/custom", "/slow")) {
                application.namespaces.put(name, (socket, request) -> {
                    came[0]++;
                    application.sockets.put(socket.namespace(), socket);
                    if (!name.equals("/slow")) {
                        socket.accept();
                    }
                    return application.listener(socket);
                });
            }
            FakeLink link = application.server.webSocket();
            for (int step = 0; step < 25; step++) {
                step(random, application, link);
            }
            application.server.pass(60_000);

            assertThat(link.isClosed()).isTrue();
            assertThat(application.log.stream().filter(entry -> entry.contains(" gone: ")))
                    .hasSize(came[0]);
            assertThat(application.server.time.pendingTimers()).isZero();
            assertThat(application.server.engine.sessionCount()).isZero();
        }
    }

    private static void step(RandomGenerator random, TestApplication application, FakeLink link) {
        switch (random.nextInt(10)) {
            case 0 -> link.binary((byte) 1);
            case 1 -> application.server.pass(random.nextInt(100));
            case 2 ->
                application.sockets.values().stream().findAny().ifPresent(socket -> {
                    switch (random.nextInt(5)) {
                        case 0 -> socket.disconnect();
                        case 1 -> socket.refuse("no", Optional.empty());
                        case 2 -> socket.accept();
                        case 3 -> socket.emit("e", List.of(new byte[1]));
                        default -> socket.request("q", List.of(), Duration.ofSeconds(100), outcome -> {});
                    }
                });
            default -> link.text(PACKETS[random.nextInt(PACKETS.length)]);
        }
    }
}
