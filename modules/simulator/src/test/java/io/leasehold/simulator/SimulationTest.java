package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The sound product: {@code -Dsimulator.seed} and {@code -Dsimulator.runs} choose the seeds, {@code -Dsimulator.steps} how
 * long their faults last, {@code -Dsimulator.trace=true} prints everything that happens.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulator.seed", 1);
    private static final long RUNS =
            Long.getLong("simulator.runs", System.getProperty("simulator.seed") == null ? 1_000 : 1);
    private static final long STEPS = Long.getLong("simulator.steps", 20_000);
    private static final boolean TRACED = Boolean.getBoolean("simulator.trace");

    @Test
    void everyGuaranteeHoldsInEveryRun() {
        long startedNs = System.nanoTime();
        Outcome all = LongStream.range(FIRST, FIRST + RUNS)
                .parallel()
                .mapToObj(seed -> run(seed, TRACED))
                .reduce(Outcome.NONE, Outcome::plus);
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        System.out.printf(
                "seeds %d to %d: %s, %.0f steps/s on %d processors%n",
                FIRST,
                FIRST + RUNS - 1,
                all,
                all.steps() / seconds,
                Runtime.getRuntime().availableProcessors());
        assertThat(all.ends()).as("the runs must get somewhere").isGreaterThan(RUNS * 20);
        assertThat(all.claims()).as("shards change hands").isGreaterThan(RUNS * 2);
        assertThat(all.purges()).as("dead letters are purged").isGreaterThan(RUNS / 100);
        assertThat(all.timesSet()).as("shard time is taken back").isGreaterThan(RUNS / 100);
        assertThat(all.raises()).as("fold versions are raised").isGreaterThan(RUNS / 10);
    }

    private static Outcome run(long seed, boolean traced) {
        try {
            return new Simulation(seed, traced).run(STEPS);
        } catch (Violation | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e + "\nagain: mvn -q -o -pl modules/simulator -am test"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulator.seed=" + seed
                            + " -Dsimulator.steps=" + STEPS + " -Dsimulator.trace=true",
                    e);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = FIRST; seed < FIRST + 3; seed++) {
            assertThat(run(seed, false)).isEqualTo(run(seed, false));
        }
    }

    @Test
    void anotherSeedGivesAnotherTrace() {
        assertThat(run(FIRST, false).traceHash())
                .isNotEqualTo(run(FIRST + 1, false).traceHash());
    }
}
