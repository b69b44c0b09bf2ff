package io.roomrouting.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every Java snippet in the documentation is a region of a file that the build compiles: the comment before a code block
 * names file and region, and the block must equal the region.
 */
class SnippetsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->\\s*(?:```java\\n(.*?)```)?", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> snippetsEqualTheCodeThatIsCompiled() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher snippet = SNIPPET.matcher(Files.readString(page));
            while (snippet.find()) {
                Path source = ROOT.resolve(snippet.group(1));
                String region = snippet.group(2);
                String quoted = snippet.group(3);
                tests.add(DynamicTest.dynamicTest(
                        page.getFileName() + ": " + region,
                        () -> assertThat(quoted)
                                .as("%s quotes region %s of %s", page, region, source)
                                .isEqualTo(region(source, region))));
            }
        }
        assertThat(tests).as("snippets found").hasSizeGreaterThanOrEqualTo(2);
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyJavaBlockNamesItsRegion() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            tests.add(DynamicTest.dynamicTest(
                    page.getFileName().toString(),
                    () -> assertThat(count(text, "```java"))
                            .as("Java blocks of %s that have a snippet comment", page)
                            .isEqualTo(count(text, "<!-- snippet: "))));
        }
        return tests;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String region(Path source, String name) throws IOException {
        List<String> lines = Files.readAllLines(source);
        int start = indexOf(lines, "tag::" + name + "[]", source);
        int end = indexOf(lines, "end::" + name + "[]", source);
        return String.join("\n", lines.subList(start + 1, end)).stripIndent().strip() + "\n";
    }

    private static int indexOf(List<String> lines, String marker, Path source) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(marker)) {
                return i;
            }
        }
        throw new AssertionError(source + " has no " + marker);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
