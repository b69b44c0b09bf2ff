package io.roomrouting.testkit.sim;

import java.util.List;

/**
 * A broken invariant.
 *
 * @param invariant which one
 * @param what how it was broken, in one line
 * @param lines the numbers of the history's lines that show it
 */
public record Violation(Invariant invariant, String what, List<Integer> lines) {

    /** Copies the list. */
    public Violation {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return invariant + ": " + what + " (lines " + lines + ")";
    }
}
