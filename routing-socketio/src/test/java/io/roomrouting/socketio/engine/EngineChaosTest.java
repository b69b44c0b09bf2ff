package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.Randoms;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Clients that do everything at any time. */
class EngineChaosTest {

    private static final String[] PACKETS = {
        "1", "2", "2probe", "3", "3", "3", "4a", "4b", "5", "6", "7", "", "b", "bAQ==", "b*", "4a\u001e4b", "4a\u001e1"
    };

    @Test
    void everySessionEndsOnceAndLeavesNothingBehind() {
        RandomGenerator random = Randoms.printed("chaos");
        for (int run = 0; run < 2_000; run++) {
            Echo echo = new Echo();
            FakeServer server = new FakeServer(echo);
            List<FakeLink> links = new ArrayList<>();
            List<FakeServer.Call> calls = new ArrayList<>();
            String sid = server.open();
            for (int step = 0; step < 30; step++) {
                step(random, server, echo, sid, links, calls);
            }
            server.pass(60_000);

            assertThat(server.engine.sessionCount()).isZero();
            assertThat(server.time.pendingTimers()).isZero();
            assertThat(echo.log.stream().filter(EngineChaosTest::isEnd)).hasSize(1);
            assertThat(isEnd(echo.log.get(echo.log.size() - 1))).isTrue();
            assertThat(links).allMatch(FakeLink::isClosed);
            calls.forEach(call -> call.listener().onBody(new byte[0]));
            assertThat(calls).noneMatch(FakeServer.Call::isHeld);
        }
    }

    private static void step(
            RandomGenerator random,
            FakeServer server,
            Echo echo,
            String sid,
            List<FakeLink> links,
            List<FakeServer.Call> calls) {
        String packet = PACKETS[random.nextInt(PACKETS.length)];
        switch (random.nextInt(12)) {
            case 0, 1 -> calls.add(server.get(sid));
            case 2, 3 -> calls.add(server.post(sid, packet));
            case 4 -> {
                if (random.nextInt(8) == 0) {
                    calls.add(server.begin(sid));
                }
            }
            case 5 -> {
                if (server.offer("EIO=4&transport=websocket&sid=" + sid) instanceof WebSocketOffer.Accepted accepted) {
                    FakeLink link = new FakeLink();
                    link.open(accepted.opening());
                    links.add(link);
                }
            }
            case 6, 7, 8 -> {
                if (!links.isEmpty()) {
                    // What separates packets in polling could not be said back.
                    links.get(random.nextInt(links.size())).text(packet.replace('\u001e', ' '));
                }
            }
            case 9 -> echo.say("x");
            case 10 -> server.pass(random.nextInt(150));
            default -> {
                if (random.nextInt(10) == 0) {
                    echo.connection().close(CloseReason.FORCED_CLOSE);
                } else if (!links.isEmpty() && random.nextInt(5) == 0) {
                    links.get(0).listener().onFailed();
                }
            }
        }
    }

    private static boolean isEnd(String entry) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.text().equals(entry)) {
                return true;
            }
        }
        return false;
    }
}
