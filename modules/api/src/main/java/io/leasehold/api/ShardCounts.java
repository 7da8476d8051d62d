package io.leasehold.api;

/**
 * To how many shards a cluster may grow: to a multiple of what it has. An id's home is its hash modulo the count; under a
 * multiple that is the home that it had, or a shard that only those own who know the new count. Under any other count the
 * new home may be an old shard, whose owner may not have heard of the growth yet and sends the task back to the first, and so
 * on for as long as the two owners disagree.
 */
public final class ShardCounts {
    private ShardCounts() {}

    /** Whether there may be {@code next} shards where there are {@code now}; the same number is no growth, and fine. */
    public static boolean mayGrow(int now, int next) {
        return next >= now && next % now == 0 && next <= Limits.MAX_SHARDS;
    }

    /** For an error: what is expected in place of a number that may not be. */
    public static String expected(int now) {
        if (2 * now > Limits.MAX_SHARDS) {
            return now + ", as there are: twice as many would be more than " + Limits.MAX_SHARDS;
        }
        String next = 3 * now > Limits.MAX_SHARDS ? "" : ", " + 3 * now;
        return "a multiple of the " + now + " that there are, up to " + Limits.MAX_SHARDS + ": " + 2 * now + next
                + (4 * now > Limits.MAX_SHARDS ? "" : ", " + 4 * now + " ...")
                + "; shards cannot be taken away";
    }
}
