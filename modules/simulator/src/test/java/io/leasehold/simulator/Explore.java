package io.leasehold.simulator;

import java.util.TreeMap;

/** Runs many seeds from the command line: {@code FIRST RUNS STEPS}; goes on after a broken guarantee and counts them. */
final class Explore {
    private Explore() {}

    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long runs = Long.parseLong(arguments[1]);
        long steps = arguments.length > 2 ? Long.parseLong(arguments[2]) : 20_000;
        boolean traced = arguments.length > 3;
        TreeMap<String, Integer> broken = new TreeMap<>();
        Outcome all = Outcome.NONE;
        long startedNs = System.nanoTime();
        for (long seed = first; seed < first + runs; seed++) {
            Simulation simulation = new Simulation(seed, traced);
            try {
                all = all.plus(simulation.run(steps));
            } catch (Violation | RuntimeException e) {
                String name = e instanceof Violation violation
                        ? violation.guarantee()
                        : e.getClass().getSimpleName();
                if (broken.merge(name, 1, Integer::sum) <= 3) {
                    System.out.println("seed " + seed + ": " + e);
                    if (!(e instanceof Violation) || traced) {
                        e.printStackTrace(System.out);
                    }
                }
            }
        }
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        System.out.printf("%s, %.0f steps/s, broken: %s%n", all, all.steps() / seconds, broken);
    }
}
