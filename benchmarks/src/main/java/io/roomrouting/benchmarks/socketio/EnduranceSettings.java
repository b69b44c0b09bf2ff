package io.roomrouting.benchmarks.socketio;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What an endurance run does.
 *
 * @param parts what is to be shown, in this order
 * @param idle how many clients say nothing, 10 to 8,000
 * @param heartbeats for how many pings they stay, 1 to 20
 * @param upgrades how many clients change over at once, 5 to 1,000
 * @param stopped how many clients there are when the server stops, 10 to 2,000
 * @param hostility how long hostile clients are at it, 1 min to 120 min
 * @param seed of everything that they choose
 */
record EnduranceSettings(
        List<Kind> parts, int idle, int heartbeats, int upgrades, int stopped, Duration hostility, long seed) {

    /** What can be shown. */
    enum Kind {
        IDLE,
        UPGRADE,
        STOP,
        HOSTILE;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Kind labelled(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--parts: there is no part " + label));
        }
    }

    EnduranceSettings {
        parts = List.copyOf(parts);
        check("idle", idle, 10, 8_000);
        check("heartbeats", heartbeats, 1, 20);
        check("upgrades", upgrades, 5, 1_000);
        check("stopped", stopped, 10, 2_000);
        check("minutes", hostility.toMinutes(), 1, 120);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is unknown or out of bounds
     */
    static EnduranceSettings read(String... arguments) {
        List<Kind> parts = List.of(Kind.values());
        int idle = 2_000;
        int heartbeats = 3;
        int upgrades = 200;
        int stopped = 500;
        int minutes = 1;
        long seed = System.nanoTime();
        for (String argument : arguments) {
            String[] words = argument.split("=", 2);
            String value = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "--parts" ->
                    parts = Arrays.stream(value.split(",", -1))
                            .map(Kind::labelled)
                            .toList();
                case "--idle" -> idle = number(value, argument);
                case "--heartbeats" -> heartbeats = number(value, argument);
                case "--upgrades" -> upgrades = number(value, argument);
                case "--stopped" -> stopped = number(value, argument);
                case "--minutes" -> minutes = number(value, argument);
                case "--seed" -> seed = number(value, argument);
                default ->
                    throw new IllegalArgumentException(argument
                            + " is unknown; there are --parts=idle,upgrade,stop,hostile --idle=2000 --heartbeats=3"
                            + " --upgrades=200 --stopped=500 --minutes=1 --seed=…");
            }
        }
        return new EnduranceSettings(parts, idle, heartbeats, upgrades, stopped, Duration.ofMinutes(minutes), seed);
    }

    private static int number(String value, String argument) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " needs a whole number", e);
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("--" + name + ": " + value + " is not within " + least + " to " + most);
        }
    }
}
