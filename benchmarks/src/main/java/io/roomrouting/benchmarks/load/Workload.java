package io.roomrouting.benchmarks.load;

import java.util.Locale;

/**
 * What the clients do. Every room has one sender; everybody in it, the sender included, gets every message.
 *
 * @param rooms how many rooms
 * @param clientsPerRoom how many clients in each
 * @param outstanding how many of its own messages a sender waits for at a time; 0 if it sends at a fixed rate instead
 * @param messagesPerSecond how many messages all senders send together at a fixed rate; 0 if they send as fast as they
 *     get them back
 */
record Workload(int rooms, int clientsPerRoom, int outstanding, int messagesPerSecond) {

    /** Reads a name such as {@code w1}. */
    static Workload named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "w1" -> new Workload(1, 100, 8, 0);
            case "w2" -> new Workload(50, 10, 2, 0);
            case "w4" -> new Workload(50, 10, 0, 2_000);
            case "w4b" -> new Workload(1, 100, 0, 200);
            default -> throw new IllegalArgumentException("workload = " + name + " is not w1, w2, w4, w4b or idle");
        };
    }

    int clients() {
        return rooms * clientsPerRoom;
    }
}
