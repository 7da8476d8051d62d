package io.leasehold.verify;

/**
 * Since when shard time has gone on without a jump. After a jump, be it that nobody owned the shard, its owner needs a while
 * for all that has become due.
 */
final class Steadiness {
    private final long slackMs;
    private long sinceMs;
    private long nowMs;

    Steadiness(long slackMs) {
        this.slackMs = slackMs;
    }

    void pass(long nowMs) {
        if (nowMs - this.nowMs > slackMs / 3) {
            sinceMs = nowMs;
        }
        this.nowMs = Math.max(this.nowMs, nowMs);
    }

    /** Shard time was taken back: what becomes due anew is given time as after a jump. */
    void takenBack(long toMs) {
        sinceMs = toMs;
        nowMs = toMs;
    }

    /** Whether what was due at that time must have been done long ago. */
    boolean isLongPast(long dueMs) {
        return dueMs < nowMs && nowMs - Math.max(dueMs, sinceMs) > slackMs;
    }
}
