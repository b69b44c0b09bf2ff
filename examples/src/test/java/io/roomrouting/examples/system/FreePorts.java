package io.roomrouting.examples.system;

import io.roomrouting.jetty.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds ports that nobody listens on, below those that the kernel gives to outgoing connections. */
final class FreePorts {

    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** Returns a port as text, as it stands in settings. */
    static synchronized String next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            if (isFree(port) && GIVEN.add(port)) {
                return Integer.toString(port);
            }
        }
    }

    /** Returns ports in a row. */
    static synchronized PortRange range(int size) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(15_000, 32_000 - size);
            List<Integer> row = IntStream.range(first, first + size).boxed().toList();
            if (row.stream().allMatch(port -> !GIVEN.contains(port) && isFree(port))) {
                GIVEN.addAll(row);
                return new PortRange(first, first + size - 1);
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
