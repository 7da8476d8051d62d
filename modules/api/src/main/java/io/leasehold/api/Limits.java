package io.leasehold.api;

/** Every limit and default of the words on the wire, in one place. Times in milliseconds, sizes in bytes of UTF-8. */
public final class Limits {
    /** Ids of tasks, names of queues, types and workers. */
    public static final int MAX_NAME_BYTES = 200;

    public static final String DEFAULT_QUEUE = "default";
    /** What ids assigned by coordinators begin with; users' ids must not. */
    public static final char ASSIGNED_ID_PREFIX = '~';

    public static final int DEFAULT_PRIORITY = 0;

    public static final int MIN_ATTEMPTS = 1;
    public static final int DEFAULT_ATTEMPTS = 5;
    public static final int MAX_ATTEMPTS = 1_000;

    public static final long MIN_LEASE_MS = 1_000;
    public static final long DEFAULT_LEASE_MS = 30_000;
    public static final long MAX_LEASE_MS = 86_400_000;

    /** The last moment of the year 9999, which RFC 3339 can still write. */
    public static final long MAX_TIME_MS = 253_402_300_799_999L;
    /** Ten years of 365.25 days. */
    public static final long MAX_DELAY_MS = 315_576_000_000L;

    public static final long MIN_BACKOFF_MS = 1;
    public static final long DEFAULT_BACKOFF_INITIAL_MS = 1_000;
    public static final long MAX_BACKOFF_INITIAL_MS = 86_400_000;
    public static final double MIN_BACKOFF_MULTIPLIER = 1.0;
    public static final double DEFAULT_BACKOFF_MULTIPLIER = 2.0;
    public static final double MAX_BACKOFF_MULTIPLIER = 100.0;
    public static final long DEFAULT_BACKOFF_MAX_MS = 600_000;
    /** Seven days. */
    public static final long MAX_BACKOFF_MAX_MS = 604_800_000;

    /** Nesting of a task as submitted, the task itself counted. */
    public static final int MAX_DEPTH = 32;

    public static final int MAX_NUMBER_LENGTH = 1_000;
    /** Of strings that are read, in characters; strings inside a payload are not read. */
    public static final int MAX_STRING_LENGTH = 100_000;

    public static final int MAX_TASKS_PER_SUBMIT = 1_000;
    /** Of one poll's grants, one heartbeat's leases, one report's leases. */
    public static final int MAX_LEASES_PER_REQUEST = 1_000;

    public static final int MAX_POLL_ANSWER_BYTES = 4 * 1024 * 1024;
    public static final int MAX_QUEUES_PER_POLL = 100;
    public static final long MAX_WAIT_MS = 25_000;
    /** Of a lease token, in characters. */
    public static final int MAX_LEASE_TOKEN_LENGTH = 512;

    public static final int MAX_RESULT_BYTES = 64 * 1024;
    public static final int MAX_ERROR_BYTES = 64 * 1024;
    public static final int MAX_IDS_PER_REDRIVE = 1_000;
    public static final int MAX_REDRIVE = 100_000;
    public static final int MAX_IDS_PER_PURGE = 1_000;
    public static final int MAX_PURGE = 100_000;
    /** Of one page of queues. */
    public static final int MAX_QUEUES_PER_PAGE = 1_000;
    /** Of one page of dead tasks. */
    public static final int MAX_DEAD_PER_PAGE = 1_000;

    public static final int MAX_SHARDS = 1_024;

    private Limits() {}

    /** How large a task may be, given the log's {@code max.message.bytes}. */
    public static int maxTaskBytes(int maxMessageBytes) {
        return (maxMessageBytes - 64 * 1024) / 2;
    }
}
