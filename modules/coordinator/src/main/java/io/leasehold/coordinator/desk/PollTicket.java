package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Wanted;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One poll, from its arrival to its answer. It may stand in the lines of several queues and be seen by several shards;
 * whoever moves it from waiting to taken, by compare-and-set, is the only one to answer it.
 */
public final class PollTicket {
    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int GONE = 2;

    private final Wanted wanted;
    private final long arrivedMs;
    private final Answer<List<LeasedTask>> answer;
    private final Consumer<String> elsewhere;
    private final AtomicInteger state = new AtomicInteger(TAKEN);
    private volatile boolean abandoned;
    private volatile boolean timeUp;

    /** A ticket that is answered here. */
    PollTicket(Wanted wanted, long arrivedMs, Answer<List<LeasedTask>> answer) {
        this(wanted, arrivedMs, answer, null);
    }

    /**
     * @param arrivedMs by the monotonic clock, less the age that the request already had
     * @param elsewhere takes the ticket to the coordinator that is named; null if it must be answered here
     */
    PollTicket(Wanted wanted, long arrivedMs, Answer<List<LeasedTask>> answer, Consumer<String> elsewhere) {
        this.wanted = wanted;
        this.arrivedMs = arrivedMs;
        this.answer = answer;
        this.elsewhere = elsewhere;
    }

    public Wanted wanted() {
        return wanted;
    }

    public Answer<List<LeasedTask>> answer() {
        return answer;
    }

    /** Whether another coordinator may answer it. */
    boolean isMovable() {
        return elsewhere != null;
    }

    /** Another coordinator has tasks for it; for whoever has taken the ticket. */
    void sendTo(String coordinator) {
        elsewhere.accept(coordinator);
    }

    /** Whether it asks only for what a poll of its id was granted before. */
    boolean isForNothingNew() {
        return wanted.max() == 0;
    }

    /** How old the request is. */
    public long ageMs(long monotonicMs) {
        return Math.max(0, monotonicMs - arrivedMs);
    }

    /** Whether the client is gone: nothing should be leased for it any more. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** Whether it must not wait any more; a shard that has it may still lease for it. */
    boolean isTimeUp() {
        return timeUp;
    }

    boolean take() {
        return state.compareAndSet(WAITING, TAKEN);
    }

    void park() {
        state.set(WAITING);
    }

    boolean isWaiting() {
        return state.get() == WAITING;
    }

    /** Ends it if it is parked; if a shard has it, it is only marked. */
    boolean abandon() {
        abandoned = true;
        return state.compareAndSet(WAITING, GONE);
    }

    /** Ends it if it is parked; if a shard has it, that one answers it, and it is not parked again. */
    boolean timeOut() {
        timeUp = true;
        return state.compareAndSet(WAITING, GONE);
    }
}
