package io.roomrouting.benchmarks.engines;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param engines which, in this order
 * @param hosts how many are there, 1 to 10,000
 * @param rooms how many are there, 1 to 1,000,000
 * @param threads how many ask at once, 1 to 64
 * @param time how long each operation is asked for, 1 s to 60 s
 * @param held how many rooms the host has whose heartbeats are counted, 1 to 100,000
 */
record EngineSettings(List<String> engines, int hosts, int rooms, int threads, Duration time, int held) {

    static final List<String> ENGINES = List.of("memory", "h2", "postgresql", "redis");

    private static final EngineSettings DEFAULTS =
            new EngineSettings(ENGINES, 1_000, 100_000, 8, Duration.ofSeconds(5), 10_000);

    EngineSettings {
        engines = List.copyOf(engines);
        if (engines.isEmpty() || !ENGINES.containsAll(engines)) {
            throw new IllegalArgumentException("--engines: " + engines + " are not of " + ENGINES);
        }
        check("hosts", hosts, 1, 10_000);
        check("rooms", rooms, 1, 1_000_000);
        check("threads", threads, 1, 64);
        check("seconds", time.toSeconds(), 1, 60);
        check("held", held, 1, 100_000);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is unknown or out of bounds
     */
    static EngineSettings read(String... arguments) {
        EngineSettings settings = DEFAULTS;
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            settings = settings.with(parts[0], parts.length == 2 ? parts[1] : "", argument);
        }
        return settings;
    }

    private EngineSettings with(String name, String value, String argument) {
        return switch (name) {
            case "--engines" -> new EngineSettings(List.of(value.split(",", -1)), hosts, rooms, threads, time, held);
            case "--hosts" -> new EngineSettings(engines, number(value, argument), rooms, threads, time, held);
            case "--rooms" -> new EngineSettings(engines, hosts, number(value, argument), threads, time, held);
            case "--threads" -> new EngineSettings(engines, hosts, rooms, number(value, argument), time, held);
            case "--seconds" ->
                new EngineSettings(engines, hosts, rooms, threads, Duration.ofSeconds(number(value, argument)), held);
            case "--held" -> new EngineSettings(engines, hosts, rooms, threads, time, number(value, argument));
            default ->
                throw new IllegalArgumentException(argument
                        + " is unknown; there are --engines=memory,h2,postgresql,redis --hosts=1000 --rooms=100000"
                        + " --threads=8 --seconds=5 --held=10000");
        };
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
