package io.roomrouting.testkit.sim;

import java.util.List;

/**
 * How a run ended.
 *
 * @param config what it consisted of
 * @param history what happened
 * @param violations which invariants were broken, in the order of the lines that show it; empty for a good run
 */
public record SimulationResult(SimulationConfig config, History history, List<Violation> violations) {

    /** Copies the list. */
    public SimulationResult {
        violations = List.copyOf(violations);
    }

    /**
     * Says whether all invariants held.
     *
     * @return true if there is no violation
     */
    public boolean isGood() {
        return violations.isEmpty();
    }

    /**
     * Describes the run for people: what it consisted of, everything that happened, and what was broken.
     *
     * @return many lines
     */
    public String report() {
        StringBuilder text = new StringBuilder();
        text.append(config).append("\n\n").append(history).append('\n');
        for (Violation violation : violations) {
            text.append(violation).append('\n');
            violation.lines().forEach(line -> text.append(history.line(line)).append('\n'));
        }
        return text.append("Replay: Simulation.run(SimulationConfig.of(")
                .append(config.seed())
                .append("L)); all lines will be the same.\n")
                .toString();
    }

    @Override
    public String toString() {
        return "seed " + config.seed() + ": " + (isGood() ? "good" : violations);
    }
}
