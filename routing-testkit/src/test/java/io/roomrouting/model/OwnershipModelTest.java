package io.roomrouting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The formal model in docs/model has no violation, finds every planted bug, and speaks of the code that there is. */
class OwnershipModelTest {

    private static final Path ROOT = root();
    private static final Path MODEL = ROOT.resolve("docs/model");
    private static final Path SOURCES = ROOT.resolve("routing-core/src/main/java");
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (`[A-Z].*`) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyStateKeepsTheInvariantsAndEveryPlantedBugIsFound(@TempDir Path folder) throws Exception {
        assumeTrue(isOnPath("spin") && isOnPath("gcc"), "the model is not checked: spin or gcc is not on the PATH");
        Path output = folder.resolve("output");

        Process check = new ProcessBuilder(MODEL.resolve("check").toString(), "--quick")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = check.waitFor(4, TimeUnit.MINUTES);
        check.descendants().forEach(ProcessHandle::destroy);
        check.destroy();

        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(check.exitValue()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("no violation"))).hasSize(2);
        assertThat(said.lines().filter(line -> line.contains("found,"))).hasSizeGreaterThanOrEqualTo(13);
    }

    @Test
    void whatTheModelStandsForExists() throws IOException {
        List<String> named = mapping(2);

        assertThat(named).hasSizeGreaterThan(40);
        for (String name : named) {
            String[] parts = name.split("\\.", -1);
            assertThat(parts).as(name).hasSize(2);
            assertThat(Files.readString(source(parts[0])))
                    .as("%s in docs/model/README.md", name)
                    .containsPattern("\\b" + parts[1] + "\\b *[({;=,)]");
        }
    }

    @Test
    void whatTheTableTellsOfIsInTheModel() throws IOException {
        String models =
                Files.readString(MODEL.resolve("ownership.pml")) + Files.readString(MODEL.resolve("commits.pml"));

        assertThat(mapping(1))
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(models).containsPattern("\\b" + name + "\\b"));
    }

    /** The names in one column of the table that maps the model to the code. */
    private static List<String> mapping(int column) throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(MODEL.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                QUOTED.matcher(row.group(column)).results().forEach(name -> names.add(name.group(1)));
            }
        }
        return names;
    }

    private static Path source(String type) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("docs/model/README.md names " + type + ", which is not there"));
        }
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs/model"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("docs/model is in no folder above the working directory");
            }
        }
        return folder;
    }
}
