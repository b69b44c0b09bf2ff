package io.roomrouting.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.InMemoryRegistry;
import io.roomrouting.testkit.sim.RegistryFactory.Registry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulationTest {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void everySeedKeepsEveryInvariant() throws InterruptedException {
        long first = Long.getLong("simulation.from", 0);
        long count = Long.getLong("simulation.seeds", 2_000);

        Optional<SimulationResult> bad = new Seeds(SimulationTest::run, THREADS).firstBad(first, count);

        assertThat(bad.map(SimulationResult::report).orElse("")).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(run(seed).history().toString())
                    .isEqualTo(run(seed).history().toString());
        }
    }

    @Test
    void aRunCanBeReadByPeople() {
        long seed = 7;

        // tag::replay[]
        SimulationResult result = Simulation.run(SimulationConfig.of(seed));
        System.out.println(result.report());
        // end::replay[]

        assertThat(result.history().line(1)).contains(" s ").contains("registry");
        assertThat(result.report()).contains(result.history().toString()).contains("SimulationConfig.of(7L)");
    }

    @Test
    void anotherProcessGivesTheSameHistories() throws IOException, InterruptedException {
        int seeds = 50;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HistoryDigest.class.getName(),
                        String.valueOf(seeds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader printed = process.inputReader()) {
            assertThat(printed.readLine()).isEqualTo(String.valueOf(HistoryDigest.of(seeds)));
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void everyKindOfTroubleOccursAndEveryWayToBeSentAway() {
        List<SimulationResult> results =
                LongStream.range(0, 300).mapToObj(SimulationTest::run).toList();

        Set<Trouble> troubles = results.stream()
                .flatMap(result -> result.config().troubles().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trouble.class)));
        Set<String> codes = results.stream()
                .flatMap(result -> result.history().entries().stream())
                .flatMap(entry -> code(entry.what()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(troubles).containsExactlyInAnyOrder(Trouble.values());
        assertThat(codes)
                .contains(
                        "LEASE_LOST",
                        "ROOM_CLOSED",
                        "NOT_OWNER",
                        "TICKET_USED",
                        "TICKET_EXPIRED",
                        "TICKET_WRONG_HOST",
                        "ROOM_FULL",
                        "OVERLOADED",
                        "NO_CAPACITY",
                        "REGISTRY_UNAVAILABLE",
                        "ADOPTED",
                        "RESUMED",
                        "HANDED_OVER",
                        "RESTORED",
                        "RESTORED WITH SEATS",
                        "HOST_DRAINING",
                        "SERVER_STOPPING",
                        "IDLE",
                        "CLOSED");
    }

    private static Optional<String> code(Happening what) {
        if (what instanceof Happening.Told told) {
            return Arrays.stream(told.code().split("[ ;]")).skip(1).findFirst();
        }
        if (what instanceof Happening.Refused refused) {
            return Optional.of(refused.code());
        }
        if (what instanceof Happening.NotLed notLed) {
            return Optional.of(notLed.code());
        }
        if (what instanceof Happening.Closed closed) {
            return Optional.of(closed.reason());
        }
        if (what instanceof Happening.Restored restored) {
            return Optional.of(restored.sessions().isEmpty() ? "RESTORED" : "RESTORED WITH SEATS");
        }
        if (what instanceof Happening.Adopted) {
            return Optional.of("ADOPTED");
        }
        return what instanceof Happening.Resumed ? Optional.of("RESUMED") : Optional.empty();
    }

    @Test
    void aRegistryOfOnesOwnIsFoundOut() throws InterruptedException {
        // tag::registry[]
        RegistryFactory forgetful = (time, config, again) -> {
            InMemoryRegistry registry =
                    InMemoryRegistry.builder().time(time).lease(config.lease()).build();
            return new Registry(registry, registry);
        };
        // end::registry[]

        // tag::search[]
        Seeds seeds = new Seeds(seed -> Simulation.run(SimulationConfig.of(seed), forgetful), 2);
        Optional<SimulationResult> bad = seeds.firstBad(0, 1_000);
        bad.ifPresent(result -> System.out.println(result.report()));
        // end::search[]

        assertThat(bad).isPresent();
        assertThat(bad.get().violations().get(0).invariant()).isEqualTo(Invariant.ONE_OWNER);
        assertThat(bad.get().report()).contains("starts again").contains("Replay: Simulation.run(SimulationConfig.of(");
    }

    private static SimulationResult run(long seed) {
        return Simulation.run(SimulationConfig.of(seed));
    }
}
