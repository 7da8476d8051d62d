package io.leasehold.coordinator.shard;

/**
 * For how long a journal that was read to its end has had nothing new of its owner, who writes at least a tick now and then.
 * Only time counts in which the log was heard: while the broker is away, or this process stood still, nothing is known.
 */
final class Silence {
    /** A log that is followed is heard of at least twice a second. */
    private static final long BREAK_MS = 2_000;

    private long sinceMs;
    private long heardMs;
    private boolean atEnd;

    Silence(long nowMs) {
        sinceMs = nowMs;
        heardMs = nowMs;
    }

    /**
     * @param news whether there was an effective record
     * @param atEnd whether all that is in the log has been read
     */
    void heard(boolean news, boolean atEnd, long nowMs) {
        if (news || !atEnd || nowMs - heardMs > BREAK_MS) {
            sinceMs = nowMs;
        }
        heardMs = nowMs;
        this.atEnd = atEnd;
    }

    /** As of when the log was last heard; 0 while there is more to read. */
    long lastsMs() {
        return atEnd ? heardMs - sinceMs : 0;
    }
}
