package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.simulator.MutantSearch.Found;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every rule is needed: a product without it breaks a guarantee, and the simulator sees that. */
class MutantsTest {
    @Test
    @DisabledIfSystemProperty(named = "simulator.mutants", matches = "search")
    void everyMutantIsCaughtByItsSeedOrSoon() {
        List<Found> all =
                MutantSearch.all(Mutants.caught(), new MutantSeeds(), Long.getLong("simulator.mutants.seeds", 60));
        assertThat(all).hasSizeGreaterThan(25);
        assertThat(all).as("mutants that live").noneMatch(Found::isAlive);
    }

    @Test
    @EnabledIfSystemProperty(named = "simulator.mutants", matches = "search")
    void everyMutantIsCaughtBySomeSeed() {
        List<Found> all = MutantSearch.all(Mutants.all(), null, Long.getLong("simulator.mutants.seeds", 2_000));
        System.out.println("for mutant-seeds.txt:");
        all.stream()
                .filter(found -> !found.isAlive())
                .forEach(found -> System.out.println(found.seed() + " " + found.mutant()));
        assertThat(all).as("mutants that live").noneMatch(Found::isAlive);
    }
}
