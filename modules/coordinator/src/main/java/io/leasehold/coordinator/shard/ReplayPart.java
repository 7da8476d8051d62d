package io.leasehold.coordinator.shard;

/**
 * From where a replay of the journal may start, and how long the part from there is. Told of every record of the log, in
 * order, once it is known to be effective or void.
 */
final class ReplayPart {
    /** What a broker keeps beside a record's value: batch and record headers. */
    private static final int OVERHEAD_BYTES = 70;

    private long base;
    private long bytes;
    private long generation;
    /** Where the base of a generation lies that is not complete yet; -1 if there is none. */
    private long candidate = -1;

    private long candidateBytes;

    /** @param base where the replay started; 0 for the journal's beginning */
    ReplayPart(long base) {
        this.base = base;
    }

    /**
     * @param generation of the state once the record was folded
     * @param trimmed the newest generation that was complete then
     */
    void folded(long offset, int valueBytes, long generation, long trimmed) {
        if (generation > this.generation) {
            this.generation = generation;
            candidate = offset;
            candidateBytes = 0;
        }
        bytes += valueBytes + OVERHEAD_BYTES;
        candidateBytes += valueBytes + OVERHEAD_BYTES;
        if (candidate >= 0 && trimmed == generation) {
            base = candidate;
            bytes = candidateBytes;
            candidate = -1;
        }
    }

    /** Where a replay may start. */
    long base() {
        return base;
    }

    /** How long the journal is from there on, roughly. */
    long bytes() {
        return bytes;
    }

    /**
     * Where the base of this generation lies if the generation is not complete yet, else -1; also -1 as long as that base
     * is on its way.
     */
    long candidate(long generation) {
        return generation == this.generation ? candidate : -1;
    }

    /** Whether no generation is under way: then base and bytes are what they will stay until the next one. */
    boolean isSettled() {
        return candidate < 0;
    }
}
