package io.roomrouting.benchmarks.chaos.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The end of a command: a table of what was found, and the directory of its logs, which stays if something is wrong. */
public final class Verdict {

    private static final String ROW = "%-11s %-66s %-52s %-22s %s%n";

    private Verdict() {}

    /**
     * Prints what was found.
     *
     * @param out where
     * @param findings figures and verdicts
     * @return whether every promise was kept
     */
    public static boolean tell(PrintStream out, List<Finding> findings) {
        out.println();
        out.printf(ROW, "", "", "figure", "promise", "");
        for (Finding finding : findings) {
            out.printf(
                    ROW,
                    finding.when(),
                    finding.what(),
                    finding.figure(),
                    finding.promise(),
                    finding.kept() ? "ok" : "FAILED");
        }
        return findings.stream().allMatch(Finding::kept);
    }

    /**
     * Deletes the logs, or says where they are.
     *
     * @param out where to say it
     * @param logs a directory of the command's own
     * @param kept whether nobody needs them
     * @throws IOException if they cannot be deleted
     */
    public static void settle(PrintStream out, Path logs, boolean kept) throws IOException {
        if (kept) {
            delete(logs);
        } else {
            out.println("The logs of the processes are in " + logs);
        }
    }

    /**
     * Deletes a directory with everything in it.
     *
     * @param directory which
     * @throws IOException if something cannot be deleted
     */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
