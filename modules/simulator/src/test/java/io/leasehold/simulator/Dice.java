package io.leasehold.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of a run. Whole numbers only, so that every machine rolls the same. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From 0 to bound, both included. */
    long upTo(long bound) {
        return bound <= 0 ? 0 : bound == Long.MAX_VALUE ? random.nextLong() & bound : random.nextLong(bound + 1);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return least + upTo(most - least);
    }

    /** Mostly small: every halving of {@code most} is as likely as the others. */
    long small(long most) {
        return upTo(most >> below(12));
    }

    boolean perMille(int chance) {
        return chance > 0 && random.nextInt(1_000) < chance;
    }

    boolean half() {
        return random.nextBoolean();
    }

    /** From 0 (included) to 1 (excluded). */
    double fraction() {
        return random.nextDouble();
    }

    long any() {
        return random.nextLong();
    }

    long of(long... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
