package io.leasehold.verify;

import io.leasehold.core.task.EndCause;
import io.leasehold.verify.Trail.Kind;
import java.util.ArrayList;
import java.util.List;

/** Holds what becomes of leases against what may become of them. A fact that must not be is reported and changes nothing. */
final class Reports {
    private final Ledger ledger;
    private final Ends ends;
    /** Those that must have ended when this record ends, each with why. */
    private final List<Ending> endings = new ArrayList<>();

    private record Ending(Known task, Guarantee guarantee, String why) {}

    Reports(Ledger ledger, Ends ends) {
        this.ledger = ledger;
        this.ends = ends;
    }

    void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        Known task = ledger.find(number, "completion");
        if (task == null) {
            return;
        }
        ledger.note(task, Kind.COMPLETED, fence);
        if (!ends.isLive(task, "completed") || !isLatest(task, fence)) {
            return;
        }
        if (task.whole && late != endedMs > task.task.deadlineMs()) {
            ledger.broken(
                    Guarantee.DEADLINES,
                    task,
                    "completed at " + endedMs + ", marked late: " + late + " (expected: by its deadline, "
                            + task.task.deadlineMs() + ")");
        }
        task.fence = fence;
        task.reportedFence = fence;
        ledger.end(task, EndCause.SUCCEEDED, endedMs, late, Print.of(result));
    }

    void failed(long number, long fence, long retryAtMs, String error) {
        Known task = holder(number, fence, Kind.FAILED);
        if (task == null) {
            return;
        }
        ledger.tally.add(Count.FAILURES);
        task.reportedFence = fence;
        task.failures++;
        task.failed(error);
        task.requeue(retryAtMs);
        if (task.whole && task.failures >= task.task.maxAttempts()) {
            String why = task.failures + " failures of at most " + task.task.maxAttempts();
            endings.add(new Ending(task, Guarantee.ATTEMPTS, why));
        }
        mustRetryInTime(task);
    }

    void returned(long number, long fence, long retryAtMs) {
        Known task = holder(number, fence, Kind.RETURNED);
        if (task == null) {
            return;
        }
        ledger.tally.add(Count.RETURNS);
        task.reportedFence = fence;
        task.requeue(retryAtMs);
        mustRetryInTime(task);
    }

    private void mustRetryInTime(Known task) {
        if (task.whole && task.notBeforeMs > task.task.deadlineMs()) {
            String why = "its retry at " + task.notBeforeMs + " comes after its deadline, " + task.task.deadlineMs();
            endings.add(new Ending(task, Guarantee.DEADLINES, why));
        }
    }

    void leaseExpired(long number, long fence, boolean counted) {
        Known task = holder(number, fence, counted ? Kind.EXPIRY_COUNTED : Kind.EXPIRY_NOT_COUNTED);
        if (task == null) {
            return;
        }
        ledger.tally.add(counted ? Count.EXPIRIES_COUNTED : Count.EXPIRIES_NOT_COUNTED);
        if (counted) {
            task.expiries++;
        }
        task.requeue(task.notBeforeMs);
        int most = ledger.rules.maxExpiries();
        if (counted && task.whole && task.expiries >= most) {
            String why = task.expiries + " counted expiries of at most " + most;
            endings.add(new Ending(task, Guarantee.ATTEMPTS, why));
        }
    }

    /** The task whose lease with this fence is in force; null, and reported, if it is not. */
    private Known holder(long number, long fence, Kind kind) {
        Known task = ledger.find(number, "report");
        if (task == null) {
            return null;
        }
        ledger.note(task, kind, fence);
        if (task.leaseKnown && task.lease == null) {
            ledger.broken(
                    Guarantee.REPORTS,
                    task,
                    "fence " + fence + " is told of (expected: not unless a lease is in force)");
            return null;
        }
        if (!isLatest(task, fence)) {
            return null;
        }
        task.fence = fence;
        return task;
    }

    /** Whether the fence is the latest one and was not reported before, as far as was heard; says so if not. */
    private boolean isLatest(Known task, long fence) {
        boolean isKnown = task.whole || task.fence > 0;
        if (isKnown && (fence != task.fence || fence == task.reportedFence)) {
            ledger.broken(
                    Guarantee.REPORTS,
                    task,
                    "fence " + fence + " is told of (expected: the latest, " + task.fence + ", once)");
            return false;
        }
        return true;
    }

    /** Whoever has used up its attempts, or its time, has ended by now. */
    void endOfRecord() {
        for (Ending ending : endings) {
            if (ending.task().isLive()) {
                ledger.broken(
                        ending.guarantee(), ending.task(), ending.why() + ", and it lives on (expected: its end)");
            }
        }
        endings.clear();
    }
}
