package io.leasehold.core.event;

/**
 * The codes of the journal's facts. A code is for ever: it is never given another meaning, and a new shape gets a new
 * code. Codes below 64 are facts; {@link #QUEUE_CONFIGURED} and {@link #RESCHEDULED} are reserved for changing what is queued,
 * and no release writes them yet.
 */
final class EventKind {
    static final int CLAIMED = 1;
    static final int RELEASED = 2;
    static final int ACCEPTED = 3;
    static final int INBOX_SETTLED = 4;
    static final int LEASED = 5;
    static final int COMPLETED = 6;
    static final int FAILED = 7;
    static final int RETURNED = 8;
    static final int LEASE_EXPIRED = 9;
    static final int DEAD_LETTERED = 10;
    static final int EXPIRED = 11;
    static final int CANCELLED = 12;
    static final int REDRIVEN = 13;
    static final int ENDS_PUBLISHED = 14;

    /** Fold version 3 and later. */
    static final int TERMS_SET = 15;
    /** Fold version 3 and later. */
    static final int TIME_SET = 16;

    /** A claim under fold version 3 or later, which says W. */
    static final int CLAIMED_WITH_TERMS = 17;

    /** Fold version 4 and later. */
    static final int PURGED = 18;
    /** Fold version 4 and later: {@link #INBOX_SETTLED}, with the leader epoch. */
    static final int INBOX_SETTLED_WITH_EPOCH = 19;

    static final int BASE = 32;
    static final int CARRIED = 33;
    static final int TRIMMED = 34;
    static final int QUEUE_CONFIGURED = 35;
    static final int RESCHEDULED = 36;
    static final int DIGESTED = 37;
    /** A base under fold version 3 or later, whose claim says W. */
    static final int BASE_WITH_TERMS = 38;
    /** Fold version 4 and later: a {@link #CARRIED} dead letter that was purged. */
    static final int CARRIED_PURGED = 39;
    /** Fold version 4 and later: a {@link #CARRIED} end that says how long what is not kept whole was. */
    static final int CARRIED_WITH_LENGTHS = 40;
    /** A base under fold version 4 or later, which says the leader epoch of the inbox position too. */
    static final int BASE_WITH_LEADER_EPOCH = 41;

    private EventKind() {}
}
