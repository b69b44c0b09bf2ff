package io.roomrouting.benchmarks.soak;

import io.roomrouting.testkit.sim.Seeds;
import io.roomrouting.testkit.sim.Simulation;
import io.roomrouting.testkit.sim.SimulationConfig;
import io.roomrouting.testkit.sim.SimulationResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs seeds of the simulated cluster on all processors, tells how far it has come, and stops at the first violation with
 * its history.
 *
 * <p>Arguments, all optional: {@code from=N} (the first seed, default 0), {@code seeds=N} (how many, default as many as
 * there is time for), {@code minutes=N} (how long, default 10, or without end if seeds are given). Ends with status 1 if a
 * seed shows a violation.
 */
public final class Soak {

    private static final long PER_STEP = 5_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Seeds search = new Seeds(
            seed -> Simulation.run(SimulationConfig.of(seed)),
            Runtime.getRuntime().availableProcessors());
    private long from;
    private long seeds = Long.MAX_VALUE;
    private long minutes = -1;

    private Soak() {}

    /** Runs the command. */
    public static void main(String[] args) throws InterruptedException {
        // What hosts say of their misfortunes is expected, and there is much of it.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        Soak soak = new Soak();
        for (String argument : args) {
            soak.read(argument);
        }
        if (!soak.run()) {
            System.exit(1);
        }
    }

    private void read(String argument) {
        String[] parts = argument.split("=", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(argument + " is not of the form name=number");
        }
        long value = Long.parseLong(parts[1]);
        switch (parts[0]) {
            case "from" -> from = value;
            case "seeds" -> seeds = value;
            case "minutes" -> minutes = value;
            default -> throw new IllegalArgumentException(argument + ": known are from, seeds and minutes");
        }
    }

    private boolean run() throws InterruptedException {
        long begun = System.nanoTime();
        for (long done = 0; done < seeds && !isLate(begun); ) {
            long step = Math.min(PER_STEP, seeds - done);
            Optional<SimulationResult> bad = search.firstBad(from + done, step);
            if (bad.isPresent()) {
                out.println(bad.get().report());
                return false;
            }
            done += step;
            double seconds = (System.nanoTime() - begun) / 1e9;
            out.printf("%,d seeds good, the last %d; %.0f per second%n", done, from + done - 1, done / seconds);
        }
        return true;
    }

    private boolean isLate(long begun) {
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        boolean forever = minutes < 0 && seeds < Long.MAX_VALUE;
        return !forever && passed.toMinutes() >= (minutes < 0 ? 10 : minutes);
    }
}
