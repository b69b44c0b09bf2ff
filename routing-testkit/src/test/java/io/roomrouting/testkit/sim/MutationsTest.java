package io.roomrouting.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Plants mistakes in the library's source and demands that the simulation finds each. With
 * {@code -Dsimulation.write=true} the table in the documentation is written anew.
 */
class MutationsTest {

    private static final int MOST_SEEDS = 3_000;
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");
    private static final Pattern ROW = Pattern.compile("^\\| (.+) \\| `([A-Z_]+)` \\| (\\d+) \\|$");
    private static final String HEAD = "| mistake | what breaks first | seed |\n|---|---|---|\n";

    /** How a mutant was caught. */
    private record Catch(Mutant mutant, String invariant, long seed) {}

    @TestFactory
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    Stream<DynamicTest> everyMutantIsCaught() throws IOException {
        Map<String, Long> documented = documented();
        List<Catch> caught = Mutants.all().parallelStream()
                .map(mutant -> hunt(mutant, documented.getOrDefault(mutant.name(), 0L)))
                .toList();
        if (Boolean.getBoolean("simulation.write")) {
            write(caught);
        }
        return caught.stream().map(one -> DynamicTest.dynamicTest(one.mutant().name(), () -> check(one)));
    }

    private static void check(Catch caught) {
        assertThat(caught.invariant())
                .as("first broken in %d seeds", MOST_SEEDS)
                .isIn(caught.mutant().expected().stream().map(Enum::name).toList());
    }

    /** Tries the documented seed first, as that is probably the one. */
    private static Catch hunt(Mutant mutant, long documented) {
        try {
            return hunt(mutant, documented, MutatedLibrary.of(mutant));
        } catch (IllegalStateException e) {
            return new Catch(mutant, String.valueOf(e.getMessage()), 0);
        }
    }

    private static Catch hunt(Mutant mutant, long documented, LongFunction<String> run) {
        String known = Boolean.getBoolean("simulation.write") ? "" : run.apply(documented);
        if (!known.isEmpty()) {
            return new Catch(mutant, known, documented);
        }
        for (long seed = 0; seed < MOST_SEEDS; seed++) {
            String invariant = run.apply(seed);
            if (!invariant.isEmpty()) {
                return new Catch(mutant, invariant, seed);
            }
        }
        return new Catch(mutant, "nothing", MOST_SEEDS);
    }

    @Test
    void theDocumentationListsExactlyTheseMutants() throws IOException {
        assertThat(documented().keySet())
                .containsExactlyElementsOf(
                        Mutants.all().stream().map(Mutant::name).toList());
    }

    private static Map<String, Long> documented() throws IOException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), Long.valueOf(row.group(3)));
            }
        }
        return rows;
    }

    private static void write(List<Catch> caught) throws IOException {
        String rows = caught.stream()
                .map(one -> "| " + one.mutant().name() + " | `" + one.invariant() + "` | " + one.seed() + " |\n")
                .collect(Collectors.joining());
        String page = Files.readString(PAGE);
        // The table is the end of the page.
        Files.writeString(PAGE, page.substring(0, page.indexOf(HEAD) + HEAD.length()) + rows);
    }
}
