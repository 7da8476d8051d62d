package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the clock of the inbox's leader against ours, which is trusted next to that of the journal's leader: delays of
 * submissions over Kafka count from the time that the former writes into their records. A record was appended before it is
 * taken in; and not before the inbox was last seen to end below it. A time that does not lie between these is wrong; then,
 * and until a record shows that the clock is right again, delays count from when a submission is taken in: it starts late
 * rather than early.
 */
final class InboxClock {
    private static final Logger LOG = LoggerFactory.getLogger(InboxClock.class);

    /** Without news of it, the clock counts as wrong for so long after it was. */
    private static final long REMEMBERED_MS = 60_000;

    private final int shard;
    private final Clock clock;
    private final BooleanSupplier trusted;
    private boolean off;
    /** How far it is ahead at least; behind, if it is negative. */
    private long aheadMs;

    private long foundMs;
    private boolean mayJudge;
    private long wallMs;
    private long monotonicMs;

    /** @param trusted whether our own time of day is */
    InboxClock(int shard, Clock clock, BooleanSupplier trusted) {
        this.shard = shard;
        this.clock = clock;
        this.trusted = trusted;
    }

    /** Some arrivals are to be taken in now. */
    void look() {
        mayJudge = trusted.getAsBoolean();
        wallMs = clock.wallMs();
        monotonicMs = clock.monotonicMs();
        if (off && monotonicMs - foundMs > REMEMBERED_MS) {
            off = false;
        }
    }

    /** The task of an arrival, with its start. */
    Task task(Arrival arrival) {
        if (!mayJudge) {
            return arrival.task();
        }
        judge(arrival);
        return off && arrival.delayMs() > 0
                ? arrival.task().startingAt(Submission.after(wallMs, arrival.delayMs()))
                : arrival.task();
    }

    private void judge(Arrival arrival) {
        boolean hasLeast = arrival.afterMs() != Arrival.NEVER;
        long least = hasLeast ? wallMs - (monotonicMs - arrival.afterMs()) : Long.MIN_VALUE;
        if (arrival.appendedMs() > wallMs + ClockTrust.TOLERANCE_MS) {
            found(arrival.appendedMs() - wallMs);
        } else if (hasLeast && arrival.appendedMs() < least - ClockTrust.TOLERANCE_MS) {
            found(arrival.appendedMs() - least);
        } else if (hasLeast && off) {
            off = false;
            LOG.info("shard {}: the clock of its inbox's leader is right again", shard);
        }
    }

    private void found(long ahead) {
        aheadMs = ahead;
        foundMs = monotonicMs;
        if (!off) {
            off = true;
            LOG.warn("shard {}: {}", shard, problem());
        }
    }

    /** What is wrong with it, or null. */
    String problem() {
        if (!off) {
            return null;
        }
        return "clock: that of the leader of the shard's inbox is " + Math.abs(aheadMs) + " ms "
                + (aheadMs > 0 ? "ahead" : "behind, or it answered as late") + " (expected: at most "
                + ClockTrust.TOLERANCE_MS
                + "); delays of submissions over Kafka count from when they are taken in";
    }
}
