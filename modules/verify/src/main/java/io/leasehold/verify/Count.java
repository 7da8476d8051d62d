package io.leasehold.verify;

import java.util.Locale;

/** What is counted while a shard's journal is read. Of effective records, unless it says otherwise. */
public enum Count {
    /** Void ones too. */
    RECORDS,
    VOID,
    /** Pieces of garbage that an operator's mark voids. */
    VOIDED_GARBAGE,
    CLAIMS,
    RELEASES,
    DIGESTS,
    /** Admitted in the part that was read. */
    ACCEPTED,
    /** New lives of dead letters. */
    REDRIVEN,
    /** Dead letters that were given up for good. */
    PURGED,
    LEASES,
    FAILURES,
    RETURNS,
    EXPIRIES_COUNTED,
    EXPIRIES_NOT_COUNTED,
    SUCCEEDED,
    ATTEMPTS_EXHAUSTED,
    EXPIRIES_EXHAUSTED,
    NOT_RETRYABLE,
    DEADLINE_PASSED,
    CANCELLED,
    BASES,
    CARRIED,
    TRIMS,
    FORGOTTEN,
    /** At the end. */
    LIVE,
    /** At the end: dead letters that were neither redriven nor purged. */
    DEAD,
    /** At the end: other ends that are remembered. */
    REMEMBERED_ENDS,
    INBOX_POSITION,
    PUBLISHED_END,
    /** Of all records' values. */
    BYTES,
    /** Of the values of what a replay must read now: from the newest trimmed base on. */
    REPLAY_BYTES,
    /** About what it takes to write down all that lives, dead letters included. */
    LIVE_BYTES,
    /** Submissions of the inbox that were settled and are still there: found to be known. */
    INBOX_CHECKED,
    /** Submissions of the inbox that were settled and are not known: copies of them lie in the topic of rejected ones. */
    INBOX_REJECTED,
    /** Submissions of the inbox that were settled before the part that was read, or where it is not complete. */
    INBOX_NOT_JUDGED,
    /** Records of the topic of ended tasks that were held against the journal's ends. */
    ENDED_CHECKED,
    ENDED_COPIES,
    /** Records of that topic whose end lies before the part that was read, or after it. */
    ENDED_NOT_JUDGED;

    /** As written in JSON: {@code replay-bytes}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
