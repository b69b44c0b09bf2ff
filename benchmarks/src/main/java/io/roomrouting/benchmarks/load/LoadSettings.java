package io.roomrouting.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a load command does.
 *
 * @param workloads which, in this order
 * @param contenders against which servers, in this order; what the others take is compared with the first
 * @param rounds how often each server has its turn, 1 to 20
 * @param measure how long a measurement takes, 1 s to 120 s
 * @param warmUp how long the clients talk before it, 1 s to 120 s
 */
record LoadSettings(List<String> workloads, List<Contender> contenders, int rounds, Duration measure, Duration warmUp) {

    /** The workload in which nothing is said. */
    static final String IDLE = "idle";

    private static final List<String> ALL = List.of("w1", "w2", "w4", "w4b", IDLE);

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is unknown or out of bounds
     */
    static LoadSettings read(String... arguments) {
        List<String> workloads = new ArrayList<>();
        List<Contender> contenders = List.of(Contender.values());
        int rounds = 1;
        Duration measure = Duration.ofSeconds(10);
        Duration warmUp = Duration.ofSeconds(15);
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--servers=")) {
                contenders = Contender.named(value);
            } else if (argument.startsWith("--rounds=")) {
                rounds = number(argument, value, 20);
            } else if (argument.startsWith("--seconds=")) {
                measure = Duration.ofSeconds(number(argument, value, 120));
            } else if (argument.startsWith("--warmup=")) {
                warmUp = Duration.ofSeconds(number(argument, value, 120));
            } else if (ALL.contains(argument)) {
                workloads.add(argument);
            } else {
                throw new IllegalArgumentException(argument + " is unknown; there are " + String.join(" ", ALL)
                        + " --servers=… --rounds=1 --seconds=10 --warmup=15");
            }
        }
        return new LoadSettings(workloads.isEmpty() ? ALL : workloads, contenders, rounds, measure, warmUp);
    }

    private static int number(String argument, String value, int most) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " needs a whole number", e);
        }
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(argument + " is not within 1 to " + most);
        }
        return number;
    }
}
