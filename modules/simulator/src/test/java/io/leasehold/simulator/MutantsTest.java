package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every rule is needed: a product without it breaks a guarantee, and the simulator sees that. */
class MutantsTest {
    private static final long MOST_SEEDS = Long.getLong("simulator.mutants.seeds", 2_000);

    @Test
    void everyMutantIsCaughtByItsSeed() {
        List<String> alive = new ArrayList<>();
        for (Mutant mutant : Mutants.all()) {
            if (new MutantLoader(mutant).attempt(mutant.seed(), MutantSearch.STEPS) == null) {
                alive.add(mutant + " (seed " + mutant.seed() + ")");
            }
        }
        assertThat(alive)
                .as("mutants that their seeds do not catch any more; look for others with -Dsimulator.mutants=search")
                .isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "simulator.mutants", matches = "search")
    void everyMutantIsCaughtBySomeSeed() {
        assertThat(MutantSearch.run(Mutants.all(), MOST_SEEDS)).isEmpty();
    }
}
