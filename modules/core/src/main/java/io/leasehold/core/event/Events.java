package io.leasehold.core.event;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;

/**
 * The grammar of the journal: every fact that can become true of a shard, on one page. The decider speaks it, the
 * journal's writer and the fold listen, and the journal's reader speaks it again: one method a fact, so that the compiler
 * finds whoever forgets one.
 *
 * <p>Facts are in the past tense and complete: time, chance and policy were resolved by whoever decided. A task is named
 * by its {@code number}, which its acceptance gave it; times are epoch milliseconds.
 */
public interface Events {

    /** A coordinator took the shard over; everything of earlier claims that comes later is void. */
    void claimed(Claim claim);

    /** The owner gave the shard up after all it did was in the log. */
    void released();

    /**
     * From this fact on the shard is folded by these rules, and W is this one; the version never falls. Told only once every
     * coordinator reads the version.
     *
     * @param foldVersion {@link Claim#WITH_TERMS} or later
     * @param proofMs as in {@link Claim}
     */
    void termsSet(int foldVersion, long proofMs);

    /**
     * Shard time had been ahead, and goes on from here; never told where it would be forward, nor below
     * {@link Claim#WITH_TERMS}.
     */
    void timeSet(long nowMs);

    /** A task was accepted; {@code number} is its place in the order of admission. */
    void accepted(long number, Task task, long acceptedMs);

    /**
     * Every inbox record below {@code nextOffset} is settled: admitted, known already, rejected or re-sent.
     *
     * @param leaderEpoch Kafka's, under which the last of them was written; -1 if that is not known, which it is not below
     *     {@link Base#WITH_LEADER_EPOCH}
     */
    void inboxSettled(long nextOffset, int leaderEpoch);

    /** A worker was given the task. {@code pollId} may be null. */
    void leased(long number, long fence, long leaseMs, String worker, String pollId);

    /** The holder of the lease, or the last one there was, succeeded. {@code result} is JSON text, empty for none. */
    void completed(long number, long fence, long endedMs, boolean late, byte[] result);

    /** The holder reported a failure; the task may start again at {@code retryAtMs}. {@code error} may be null. */
    void failed(long number, long fence, long retryAtMs, String error);

    /** The holder gave the task back without having worked on it; it may start again at {@code retryAtMs}. */
    void returned(long number, long fence, long retryAtMs);

    /** The holder was silent for too long. Only a {@code counted} expiry brings the task nearer to its end. */
    void leaseExpired(long number, long fence, boolean counted);

    /** The task was given up; it waits among the dead letters. */
    void deadLettered(long number, EndCause cause, long endedMs);

    /** The task's deadline passed before it could start. */
    void expired(long number, long endedMs);

    void cancelled(long number, long endedMs);

    /**
     * A dead letter was given a new life under {@code newNumber}: same id, all counters at zero, ready at once.
     * {@code deadlineMs} as in {@link Task}.
     */
    void redriven(long number, long newNumber, long redrivenMs, long deadlineMs);

    /**
     * A dead letter was given up for good: it has lost its payload, gets no new life, and is remembered as any other end is,
     * by the number and the time that it ended with. Told only under fold version 4 or later; under an earlier one it does
     * nothing.
     */
    void purged(long number);

    /** All ends up to and including this one are public. */
    void endsPublished(long endNumber);

    /** A new generation begins; always the first fact of its record. */
    void based(Base base);

    /** A task of an earlier generation, which belongs to the present one from now on. */
    void carried(Carried carried);

    void trimmed(Trim trim);

    /** The state up to this fact has this digest; it becomes no other by that. */
    void digested(long digest);
}
