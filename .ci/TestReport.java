import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Adds up the XML reports of Surefire and Failsafe below the working directory, and lists what failed or was skipped.
 *
 * <p>Usage: {@code java TestReport.java TITLE TOTALS}. The numbers passed, failed and skipped go to the file TOTALS,
 * on one line.
 */
final class TestReport {

    private static final String REPORT = ".*/target/(surefire|failsafe)-reports/TEST-[^/]*\\.xml";

    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int run;
    private int failures;
    private int errors;

    private TestReport() {}

    public static void main(String[] args) throws Exception {
        TestReport report = new TestReport();
        for (Path file : reports()) {
            report.add(file);
        }
        report.print(args[0]);
        Files.writeString(Path.of(args[1]), report.totals() + System.lineSeparator());
    }

    private static List<Path> reports() throws IOException {
        List<Path> reports = new ArrayList<>();
        try (var modules = Files.newDirectoryStream(Path.of("."), Files::isDirectory)) {
            for (Path module : modules) {
                reports.addAll(reportsOf(module.resolve("target")));
            }
        }
        return reports.stream().sorted().toList();
    }

    private static List<Path> reportsOf(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(target, 2)) {
            return files.filter(file -> file.toString().replace('\\', '/').matches(REPORT))
                    .toList();
        }
    }

    private void add(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            var cases = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                addCase((Element) cases.item(i));
            }
        }
    }

    private void addCase(Element test) {
        String name = (test.getAttribute("classname") + "." + test.getAttribute("name")).replaceAll("\\.$", "");
        run++;
        for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
            switch (node.getNodeName()) {
                case "failure" -> {
                    failures++;
                    failed.add(name + ": " + message(node));
                    return;
                }
                case "error" -> {
                    errors++;
                    failed.add(name + ": " + message(node));
                    return;
                }
                case "skipped" -> {
                    skipped.add(name + ": " + message(node));
                    return;
                }
                default -> {}
            }
        }
    }

    private static String message(Node outcome) {
        String message = ((Element) outcome).getAttribute("message").strip();
        return message.isEmpty() ? "no reason given" : message.lines().findFirst().orElseThrow();
    }

    private void print(String title) {
        System.out.printf(
                "%s: %d tests, %d failures, %d errors, %d skipped%n", title, run, failures, errors, skipped.size());
        failed.forEach(line -> System.out.println("  FAILED  " + line));
        skipped.forEach(line -> System.out.println("  SKIPPED " + line));
    }

    private String totals() {
        int bad = failures + errors;
        return (run - bad - skipped.size()) + " " + bad + " " + skipped.size();
    }
}
