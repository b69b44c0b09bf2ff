package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import io.roomrouting.benchmarks.chaos.check.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what a Socket.IO server endures: many idle clients, many that change from polling to WebSockets at once, a stop with
 * many clients, and hostile clients. Each part has a server in a process of its own, on the loopback interface.
 *
 * <p>Arguments: {@code --parts=idle,upgrade,stop,hostile} in any order, {@code --idle=2000} clients for
 * {@code --heartbeats=3}, {@code --upgrades=200}, {@code --stopped=500}, {@code --minutes=1} of hostile clients, whose choices
 * come from {@code --seed=}. Ends with 1 when a promise was broken; the servers' logs are kept then.
 */
public final class EnduranceCommand {

    private EnduranceCommand() {}

    /** Runs the command. */
    public static void main(String[] args) throws IOException, InterruptedException {
        // The clients' connections go when they are not needed, and are not counted against the server.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        EnduranceSettings settings = EnduranceSettings.read(args);
        Path directory = Files.createTempDirectory("room-routing-endurance");
        List<Finding> findings = new ArrayList<>();
        for (EnduranceSettings.Kind kind : settings.parts()) {
            out.println(kind.label() + " …");
            findings.addAll(part(kind, settings, out).run(directory.resolve(kind.label() + ".log")));
        }
        boolean kept = Verdict.tell(out, findings);
        Verdict.settle(out, directory, kept);
        System.exit(kept ? 0 : 1);
    }

    private static Part part(EnduranceSettings.Kind kind, EnduranceSettings settings, PrintStream out) {
        return switch (kind) {
            case IDLE -> new IdlePart(settings.idle(), settings.heartbeats());
            case UPGRADE -> new UpgradePart(settings.upgrades());
            case STOP -> new StopPart(settings.stopped());
            case HOSTILE -> {
                out.println("  seed " + settings.seed());
                yield new HostilePart(settings.hostility(), settings.seed());
            }
        };
    }
}
