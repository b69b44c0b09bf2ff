package io.roomrouting.testkit.sim;

/** Nothing throws what it must not throw. */
final class FaultCheck implements Check {

    @Override
    public void see(History.Entry entry, Findings findings) {
        if (entry.what() instanceof Happening.Threw threw) {
            findings.broken(Invariant.NO_FAULT, threw.what(), entry);
        }
    }
}
