package io.roomrouting.testkit.sim;

import java.util.function.LongFunction;

/** Runs a seed and says which invariant broke first; can be called across class loaders. */
public final class SeedRun implements LongFunction<String> {

    @Override
    public String apply(long seed) {
        SimulationResult result = Simulation.run(SimulationConfig.of(seed));
        return result.isGood() ? "" : result.violations().get(0).invariant().name();
    }
}
