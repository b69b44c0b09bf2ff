package io.roomrouting.testkit.sim;

/**
 * A cluster on virtual time: the library's own router and session host, a registry, clients and a network, in which
 * everything that can go wrong does, as a seed decides. The same configuration gives the same run, line by line.
 *
 * <p>One event happens at a time, and code of the data path runs to its end within one event. So this finds what goes
 * wrong between processes, and nothing that depends on how threads of one process interleave.
 */
public final class Simulation {

    private static final int LONGEST_TRACE = 12;

    private Simulation() {}

    /**
     * Runs with the in-memory registry. Waits for the end of the run; several may run at once on different threads.
     *
     * @param config what the run consists of
     * @return what happened
     */
    public static SimulationResult run(SimulationConfig config) {
        return run(config, RegistryFactory.inMemory());
    }

    /**
     * Runs with a registry of one's own. Waits for the end of the run.
     *
     * @param config what the run consists of
     * @param registry starts the registry
     * @return what happened
     */
    public static SimulationResult run(SimulationConfig config, RegistryFactory registry) {
        EventLoop[] itself = new EventLoop[1];
        History history = new History(() -> itself[0].now());
        EventLoop loop = new EventLoop(failure -> history.add("", new Happening.Threw(describe(failure))));
        itself[0] = loop;
        Cluster cluster = new Cluster(config, registry, loop, history);
        new Nemesis(cluster).begin();
        loop.run(config.length().toNanos());
        history.add("", new Happening.Over());
        return new SimulationResult(config, history, new HistoryChecker(config).check(history));
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        StackTraceElement[] trace = failure.getStackTrace();
        for (int i = 0; i < Math.min(LONGEST_TRACE, trace.length); i++) {
            text.append("\n        at ").append(trace[i]);
        }
        return text.toString();
    }
}
