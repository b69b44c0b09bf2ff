package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Something that a client should not do. */
interface Attack {

    /**
     * Does it once. That the server ends the connection meanwhile is what is to be expected.
     *
     * @param socket connected, closed by the caller
     * @param random makes the choices
     */
    void run(HostileSocket socket, Random random) throws IOException, InterruptedException;

    /** All of them. */
    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(List.of(HttpAttack.values()));
        all.addAll(List.of(PollingAttack.values()));
        all.addAll(List.of(WebSocketAttack.values()));
        return all;
    }
}
