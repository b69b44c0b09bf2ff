package io.roomrouting.benchmarks.chaos.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is promised, with the settings that it depends on.
 *
 * @param lease how long a dead host keeps its rooms at most
 * @param saveInterval how often a room's state is saved while something happens in it
 * @param confirmsWhatIsKept whether rooms say of each message that it is kept; then nothing of that may be lost
 * @param admissionsPerSecond how many clients a host lets in per second in the long run
 * @param admissionBurst how many at once
 */
public record Promises(
        Duration lease,
        Duration saveInterval,
        boolean confirmsWhatIsKept,
        int admissionsPerSecond,
        int admissionBurst) {

    private static final Duration AFTER_LEASE = Duration.ofSeconds(5);
    private static final Duration WITHOUT_LEASE = Duration.ofSeconds(5);
    private static final Duration IN_DRAIN = Duration.ofSeconds(2);

    /**
     * Looks whether a run kept the promises. A pure function.
     *
     * @param history what was recorded
     * @return figures and verdicts, those of each fault together, those of the whole run last
     */
    public List<Finding> check(History history) {
        List<Finding> findings = new ArrayList<>();
        for (Fault fault : history.faults()) {
            findings.addAll(
                    fault.kind().movesRooms()
                            ? ServiceCheck.of(history, fault, bound(fault.kind()))
                            : SilenceCheck.of(history, fault, bound(fault.kind())));
            findings.addAll(SurvivalCheck.of(history, fault));
            findings.addAll(LossCheck.of(history, fault, saveInterval));
        }
        findings.addAll(OwnershipCheck.of(history));
        if (confirmsWhatIsKept) {
            findings.addAll(KeepingCheck.of(history));
        }
        findings.addAll(SessionCheck.of(history));
        findings.addAll(GovernorCheck.of(history, admissionsPerSecond, admissionBurst));
        return findings;
    }

    private Duration bound(Fault.Kind kind) {
        return switch (kind) {
            case KILL, STOP, CUT_HOST, CUT_ALL -> lease.plus(AFTER_LEASE);
            case ENGINE, CUT_BACKEND -> WITHOUT_LEASE;
            case DRAIN -> IN_DRAIN;
        };
    }
}
