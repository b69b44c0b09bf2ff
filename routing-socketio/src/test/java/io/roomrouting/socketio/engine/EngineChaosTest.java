package io.roomrouting.socketio.engine;

import io.roomrouting.socketio.Choices;
import io.roomrouting.socketio.Randoms;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Clients that do everything at any time. */
class EngineChaosTest {

    @Test
    void everySessionEndsOnceAndLeavesNothingBehind() {
        RandomGenerator random = Randoms.printed("chaos");
        for (int run = 0; run < 2_000; run++) {
            new EngineScript(Choices.random(random, 30)).run();
        }
    }
}
