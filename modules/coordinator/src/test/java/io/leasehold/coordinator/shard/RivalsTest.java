package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Coordinators that fight over one shard, pause, lose their log and come back, with workers that believe what they hear. */
class RivalsTest {
    private static final int RUNS = Integer.getInteger("rivals.runs", 150);
    private static final int STEPS = Integer.getInteger("rivals.steps", 400);

    @Test
    void noTaskIsLostHeldTwiceOrEndedTwiceWhoeverOwnsTheShard() {
        long first = Long.getLong("rivals.seed", 20_261_123L);
        System.out.println(
                "seeds " + first + " to " + (first + RUNS - 1) + " (again with -Drivals.seed=N -Drivals.runs=1)");
        int grants = 0;
        int takeovers = 0;
        int ended = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            Rivals rivals = new Rivals(seed);
            try {
                rivals.run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            grants += rivals.grants();
            takeovers += rivals.takeovers();
            ended += rivals.ended();
        }
        System.out.println(grants + " grants, " + takeovers + " takeovers, " + ended + " ends");
        assertThat(grants).as("the runs must get somewhere").isGreaterThan(RUNS * 5);
        assertThat(takeovers).isGreaterThan(RUNS);
    }
}
