package io.leasehold.simulator;

/**
 * What one run came to.
 *
 * @param begun how often a worker began with a task
 * @param raises how often a shard's owner raised its fold version
 * @param timesSet how often shard time was taken back
 * @param purges how many dead letters were purged
 * @param traceHash the same for the same seed
 */
record Outcome(
        long steps,
        long virtualMs,
        long begun,
        long ends,
        long claims,
        long trims,
        long raises,
        long timesSet,
        long purges,
        long traceHash) {
    static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Outcome plus(Outcome other) {
        return new Outcome(
                steps + other.steps,
                virtualMs + other.virtualMs,
                begun + other.begun,
                ends + other.ends,
                claims + other.claims,
                trims + other.trims,
                raises + other.raises,
                timesSet + other.timesSet,
                purges + other.purges,
                traceHash ^ other.traceHash);
    }
}
