package io.leasehold.client.logic;

import java.util.SplittableRandom;

/** Where jitter comes from; with a seed it can be repeated. */
@FunctionalInterface
public interface Chance {
    /** From 0 (inclusive) to 1 (exclusive). */
    double next();

    static Chance seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random::nextDouble;
    }
}
