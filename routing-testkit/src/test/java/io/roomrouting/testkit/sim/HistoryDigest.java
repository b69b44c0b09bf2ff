package io.roomrouting.testkit.sim;

/** Prints a number that stands for the histories of some seeds; to be run in a process of its own. */
public final class HistoryDigest {

    private HistoryDigest() {}

    /**
     * Prints the digest.
     *
     * @param args how many seeds
     */
    public static void main(String[] args) {
        System.out.println(of(Integer.parseInt(args[0])));
    }

    static long of(int seeds) {
        long digest = 0;
        for (long seed = 0; seed < seeds; seed++) {
            String history = Simulation.run(SimulationConfig.of(seed)).history().toString();
            digest = 31 * digest + history.hashCode();
        }
        return digest;
    }
}
