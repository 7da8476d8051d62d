package io.leasehold.core.kit;

import java.util.stream.LongStream;

/** Where chance comes from: {@code -Dleasehold.seed=N} runs a test with that seed alone. Failures name their seed. */
public final class Seeds {
    private Seeds() {}

    /** So many seeds, always the same, so that whoever breaks something sees it at once. */
    public static LongStream of(int count) {
        Long given = Long.getLong("leasehold.seed");
        return given != null ? LongStream.of(given) : LongStream.rangeClosed(1, count);
    }

    public static long one() {
        long seed = of(1).findFirst().orElseThrow();
        System.out.println("seed " + seed + " (-Dleasehold.seed=" + seed + " repeats it)");
        return seed;
    }
}
