package io.leasehold.verify;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.Objects;

/** Says in what two accounts of the same thing differ: the first field that does, or null. */
final class Differences {
    /** A result up to this length is remembered as long as its end is. */
    private static final int KEPT_RESULT_BYTES = 1024;

    private String found;

    private Differences() {}

    private Differences field(String name, Object value, Object expected) {
        if (found == null && !Objects.equals(value, expected)) {
            found = name + ": " + value + " (expected: " + expected + ")";
        }
        return this;
    }

    private Differences print(String name, long value, long expected) {
        return value == expected ? this : field(name, Print.text(value), Print.text(expected));
    }

    /** Between what is carried and what is known of the task. */
    static String of(Carried carried, Known known, long publishedEnd) {
        if (!known.whole) {
            return ofHearsay(carried, known);
        }
        Differences differences = new Differences()
                .task(carried.task(), known.task)
                .print("payload", Print.of(carried.task().payload()), known.payload)
                .field("accepted", carried.acceptedMs(), known.acceptedMs)
                .field("not before", carried.notBeforeMs(), known.notBeforeMs)
                .field("attempt", carried.attempt(), known.attempt)
                .field("failures", carried.failures(), known.failures)
                .field("expiries", carried.expiries(), known.expiries)
                .field("fence", carried.fence(), known.fence)
                .field("reported fence", carried.reportedFence(), known.reportedFence)
                .error(carried, known, publishedEnd)
                .field("lease", carried.lease(), known.lease)
                .field("end", carried.end() == null ? null : carried.end().cause(), known.cause)
                .field("purged", carried.isPurged(), known.purged);
        return known.isLive() || carried.end() == null
                ? differences.found
                : differences.end(carried.end(), known, publishedEnd).found;
    }

    private static String ofHearsay(Carried carried, Known known) {
        EndCause cause = carried.end() == null ? null : carried.end().cause();
        Differences differences = new Differences();
        if (known.fence > 0) {
            differences.field("fence", carried.fence(), known.fence);
        }
        if (known.leaseKnown) {
            differences.field("lease", carried.lease(), known.lease).field("end", cause, known.cause);
        }
        if (known.cause != null && carried.end() != null) {
            differences.field("end number", carried.end().number(), known.endNumber);
        }
        if (known.purged) {
            differences.field("purged", carried.isPurged(), true);
        }
        return differences.found;
    }

    private Differences task(Task task, Task expected) {
        return field("id", task.id(), expected.id())
                .field("queue", task.queue(), expected.queue())
                .field("type", task.type(), expected.type())
                .field("priority", task.priority(), expected.priority())
                .field("deadline", task.deadlineMs(), expected.deadlineMs())
                .field("submitted not before", task.notBeforeMs(), expected.notBeforeMs())
                .field("max attempts", task.maxAttempts(), expected.maxAttempts())
                .field("lease time", task.leaseMs(), expected.leaseMs())
                .field("backoff", task.backoff(), expected.backoff())
                .field("traceparent", task.traceparent(), expected.traceparent());
    }

    private Differences end(End end, Known known, long publishedEnd) {
        field("end number", end.number(), known.endNumber)
                .field("ended", end.endedMs(), known.endedMs)
                .field("late", end.late(), known.late);
        boolean mayBeDropped = end.number() <= publishedEnd && Print.length(known.result) > KEPT_RESULT_BYTES;
        boolean dropped = end.result() == null && (mayBeDropped || known.result == Print.NONE);
        if (end.resultBytes() > 0) {
            field("length of the result", end.resultBytes(), known.resultBytes());
        }
        if (end.errorBytes() > 0) {
            field("length of the error", end.errorBytes(), known.errorBytes());
        }
        return dropped ? this : print("result", Print.of(end.result()), known.result);
    }

    /** The beginning of a long one is enough, once the task has ended for good and that is public. */
    private Differences error(Carried carried, Known known, long publishedEnd) {
        long error = Print.of(carried.lastError());
        boolean mayBeCut = !known.isLive()
                && !known.isDead()
                && carried.end() != null
                && carried.end().number() <= publishedEnd;
        return mayBeCut && error == known.keptError ? this : print("last error", error, known.lastError);
    }

    /** Between a base and what the journal says up to it. */
    static String of(Base base, Ledger ledger) {
        return new Differences()
                .field("generation", base.generation(), ledger.generation + 1)
                .field("inbox position", base.inboxOffset(), ledger.inboxOffset)
                .field("leader epoch of the inbox position", base.inboxLeaderEpoch(), ledger.inboxLeaderEpoch)
                .field("last number", base.lastNumber(), ledger.lastNumber)
                .field("last fence", base.lastFence(), ledger.lastFence)
                .field("last end", base.lastEnd(), ledger.lastEnd)
                .field("published end", base.publishedEnd(), ledger.publishedEnd)
                .field("claim", base.claim(), ledger.claim)
                .found;
    }

    private Differences atLeast(String name, int value, int least) {
        return value >= least ? this : field(name, value, "at least " + least);
    }

    /** Between the logs that two claims name; shards may have been added. */
    static String ofLogs(Claim claim, Claim last) {
        return new Differences()
                .field("Kafka cluster id", claim.clusterId(), last.clusterId())
                .field("journal topic id", claim.journalTopicId(), last.journalTopicId())
                .field("inbox topic id", claim.inboxTopicId(), last.inboxTopicId())
                .atLeast("shards", claim.shards(), last.shards())
                .found;
    }
}
