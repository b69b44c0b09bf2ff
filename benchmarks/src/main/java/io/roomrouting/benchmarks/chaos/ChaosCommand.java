package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Finding;
import io.roomrouting.benchmarks.chaos.check.History;
import io.roomrouting.benchmarks.chaos.check.Promises;
import io.roomrouting.benchmarks.chaos.check.Verdict;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows what is left of the promises when things fail: starts session hosts and backends in processes of their own, lets
 * clients talk, does one fault after the other, and checks everything that all of them saw. Needs a system with POSIX signals.
 *
 * <p>Arguments: {@code --engine=list}, where one backend has a list of three hosts, or {@code postgresql} or {@code redis},
 * where three hosts register themselves for two backends; {@code --faults=} in the order in which they are to be done:
 * {@code kill,stop,drain}, and with an engine {@code cut-host,engine,cut-backend,cut-all}; {@code --clients=200},
 * {@code --rooms=50}, {@code --lease=15} seconds, {@code --cut=30} seconds of a cut network, {@code --seconds=12} of talk before
 * each fault, {@code --rate=2} messages of each client per second, {@code --admissions=500} that a host grants per second and
 * twice as many at once. Ends with 1 when a promise was broken.
 */
public final class ChaosCommand {

    private ChaosCommand() {}

    /** Runs the command. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ChaosSettings settings = ChaosSettings.read(args);
        Path directory = Files.createTempDirectory("room-routing-chaos");
        boolean kept = false;
        try {
            History history = ChaosRun.run(settings, directory, out);
            List<Finding> findings = promises(settings).check(history);
            kept = Verdict.tell(out, findings);
        } finally {
            Verdict.settle(out, directory, kept);
        }
        System.exit(kept ? 0 : 1);
    }

    private static Promises promises(ChaosSettings settings) {
        SessionLimits limits = settings.limits();
        return new Promises(
                settings.lease(),
                RoomSettings.defaults().saveInterval(),
                settings.engine() != EngineKind.LIST,
                limits.admissionsPerSecond(),
                limits.admissionBurst());
    }
}
