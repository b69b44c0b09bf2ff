package io.roomrouting.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/** The server's end of {@link LoadServers.Running}: tells the port, then answers until the input ends. */
final class Requests {

    private Requests() {}

    /**
     * Answers.
     *
     * @param port the server's port
     * @param tickets makes a ticket for a room and a user; an empty one if the server needs none
     */
    static void answer(int port, BiFunction<String, String, String> tickets) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(port);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "ticket" -> out.println(tickets.apply(words[1], words[2]));
                case "collect" -> {
                    System.gc();
                    System.gc();
                    out.println("collected");
                }
                default -> throw new IOException("unknown request " + words[0]);
            }
        }
    }
}
