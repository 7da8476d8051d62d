package io.leasehold.simulator;

import java.util.ArrayList;
import java.util.List;

/** Looks for the first seed that shows each mutant, and prints what it finds as a table. */
final class MutantSearch {
    static final long STEPS = 20_000;

    private MutantSearch() {}

    /** @return names of those that no seed showed */
    static List<String> run(List<Mutant> mutants, long mostSeeds) {
        List<String> alive = new ArrayList<>();
        System.out.println("| mutant | rules | first seed | what broke |");
        System.out.println("| --- | --- | --- | --- |");
        for (Mutant mutant : mutants) {
            MutantLoader loader = new MutantLoader(mutant);
            String broken = null;
            long seed = 0;
            while (broken == null && seed < mostSeeds) {
                broken = loader.attempt(++seed, STEPS);
            }
            if (broken == null) {
                alive.add(mutant.name());
            }
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    mutant, mutant.rules(), broken == null ? "none of " + seed : seed, broken == null ? "" : broken);
        }
        return alive;
    }

    /** From the command line: how many seeds at most, and a part of the names of the mutants to look for. */
    public static void main(String[] arguments) {
        String part = arguments.length > 1 ? arguments[1] : "";
        List<String> alive = run(
                Mutants.all().stream().filter(one -> one.name().contains(part)).toList(), Long.parseLong(arguments[0]));
        System.out.println("alive: " + alive);
    }
}
