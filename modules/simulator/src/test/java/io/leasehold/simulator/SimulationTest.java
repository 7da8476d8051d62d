package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int RUNS = Integer.getInteger("simulator.runs", 200);
    private static final long STEPS = Long.getLong("simulator.steps", 20_000);

    @Test
    void everyGuaranteeHoldsInEveryRun() {
        long first = Long.getLong("simulator.seed", 1);
        int runs = System.getProperty("simulator.seed") == null ? RUNS : Integer.getInteger("simulator.runs", 1);
        boolean traced = Boolean.getBoolean("simulator.trace");
        long startedNs = System.nanoTime();
        Outcome all = Outcome.NONE;
        for (long seed = first; seed < first + runs; seed++) {
            all = all.plus(run(seed, traced));
        }
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        System.out.printf("seeds %d to %d: %s, %.0f steps/s%n", first, first + runs - 1, all, all.steps() / seconds);
    }

    private static Outcome run(long seed, boolean traced) {
        try {
            return new Simulation(seed, traced).run(STEPS);
        } catch (Violation | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\nagain: mvn -q -o -pl modules/simulator -am test"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulator.seed=" + seed
                            + " -Dsimulator.trace=true",
                    e);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(run(seed, false)).isEqualTo(run(seed, false));
        }
    }
}
