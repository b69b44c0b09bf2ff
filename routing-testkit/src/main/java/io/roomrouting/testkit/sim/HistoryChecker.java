package io.roomrouting.testkit.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for violations in what was recorded, and at nothing else. */
final class HistoryChecker {

    private final List<Check> checks;

    HistoryChecker(SimulationConfig config) {
        checks = List.of(
                new OwnershipCheck(config),
                new TicketCheck(),
                new CapacityCheck(config),
                new StateCheck(config),
                new CallbackCheck(),
                new DeliveryCheck(),
                new LivenessCheck(config),
                new FaultCheck());
    }

    List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Check.Findings findings = (invariant, what, entry, earlier) -> {
            List<Integer> lines = new ArrayList<>(
                    Arrays.stream(earlier).map(History.Entry::line).toList());
            lines.add(entry.line());
            found.add(new Violation(invariant, what, lines));
        };
        for (History.Entry entry : history.entries()) {
            checks.forEach(check -> check.see(entry, findings));
        }
        return found;
    }
}
