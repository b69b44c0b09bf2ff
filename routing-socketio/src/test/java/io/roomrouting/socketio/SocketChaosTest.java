package io.roomrouting.socketio;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Clients that send any packet at any time, to an application that does anything at any time. */
class SocketChaosTest {

    @Test
    void whoCameInIsToldOfTheEndOnce() {
        RandomGenerator random = Randoms.printed("chaos of packets");
        for (int run = 0; run < 1_500; run++) {
            new SocketScript(Choices.random(random, 25)).run();
        }
    }
}
