package io.leasehold.simulator;

/** One run inside of a {@link MutantLoader}. */
public final class Attempt {
    private Attempt() {}

    /** @return what is broken, or null */
    public static String run(long seed, long steps) {
        try {
            new Simulation(seed, false).run(steps);
            return null;
        } catch (Violation | RuntimeException e) {
            return e instanceof Violation ? e.getMessage() : e.toString();
        } catch (LinkageError e) {
            throw new IllegalStateException("the mutant is no class: " + e, e);
        }
    }
}
