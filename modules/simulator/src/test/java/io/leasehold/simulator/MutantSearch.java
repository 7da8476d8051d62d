package io.leasehold.simulator;

import java.util.List;

/** Looks for seeds that show mutants. */
final class MutantSearch {
    static final long STEPS = 20_000;

    /** @param broken what it broke; null if no seed showed it */
    record Found(Mutant mutant, long seed, long tried, String broken) {
        boolean isAlive() {
            return broken == null;
        }

        String line() {
            return "| " + mutant + " | " + mutant.rules() + " | " + (isAlive() ? "none" : seed) + " | " + tried + " | "
                    + (isAlive() ? "" : broken) + " |";
        }
    }

    private MutantSearch() {}

    /** Tries the seed that is known, then others from 1 on. */
    static Found oneOf(Mutant mutant, long known, long mostSeeds) {
        MutantLoader loader = new MutantLoader(mutant);
        long tried = 0;
        for (long seed = known == 0 ? 1 : 0; seed <= mostSeeds; seed++) {
            long next = seed == 0 ? known : seed;
            tried++;
            String broken = loader.attempt(next, STEPS);
            if (broken != null) {
                return new Found(mutant, next, tried, broken);
            }
        }
        return new Found(mutant, 0, tried, null);
    }

    /** Looks for all of them, on all processors, and prints a table. */
    static List<Found> all(List<Mutant> mutants, MutantSeeds seeds, long mostSeeds) {
        System.out.println("| mutant | rules | seed | seeds tried | what broke |");
        System.out.println("| --- | --- | --- | --- | --- |");
        return mutants.parallelStream()
                .map(mutant -> oneOf(mutant, seeds == null ? 0 : seeds.of(mutant), mostSeeds))
                .peek(found -> System.out.println(found.line()))
                .toList();
    }

    /** From the command line: how many seeds at most, and which of the mutants, by number, from and to. */
    public static void main(String[] arguments) {
        for (int at = Integer.parseInt(arguments[1]); at < Integer.parseInt(arguments[2]); at++) {
            System.out.println(oneOf(Mutants.all().get(at), 0, Long.parseLong(arguments[0]))
                    .line());
        }
    }
}
