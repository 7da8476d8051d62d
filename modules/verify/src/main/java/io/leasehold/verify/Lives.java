package io.leasehold.verify;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.verify.Trail.Kind;
import java.util.ArrayList;
import java.util.List;

/** Holds what happens to tasks against what may happen to them. A fact that must not be is reported and changes nothing. */
final class Lives {
    private static final long UNKNOWN_FENCE = 0;

    private final Ledger ledger;
    private final Ends ends;
    /** Those that must have ended when this record ends, each with why. */
    private final List<Ending> endings = new ArrayList<>();

    private record Ending(Known task, Guarantee guarantee, String why) {}

    Lives(Ledger ledger, Ends ends) {
        this.ledger = ledger;
        this.ends = ends;
    }

    void accepted(long number, Task task, long acceptedMs) {
        if (!ledger.takeNumber(number)) {
            return;
        }
        Known before = ledger.byId.get(task.id());
        if (before != null) {
            ledger.note(before, Kind.ACCEPTED, number);
            ledger.broken(
                    Guarantee.ADMITTED_ONCE,
                    before,
                    "accepted again as number " + number + " (expected: a duplicate changes nothing)");
            return;
        }
        Known known = Known.accepted(number, task, acceptedMs, ledger.generation);
        ledger.put(known);
        ledger.note(known, Kind.ACCEPTED, number);
        ledger.tally.add(Count.ACCEPTED);
    }

    void leased(long number, long fence, Lease lease) {
        Known task = ledger.find(number, "lease");
        if (task != null) {
            ledger.note(task, Kind.LEASED, fence);
        }
        if (fence <= ledger.lastFence) {
            ledger.broken(
                    Guarantee.FENCES, task, "fence: " + fence + " (expected: more than " + ledger.lastFence + ")");
        }
        ledger.lastFence = Math.max(ledger.lastFence, fence);
        if (task == null || !ends.isLive(task, "leased")) {
            return;
        }
        if (task.lease != null) {
            ledger.broken(
                    Guarantee.LEASES,
                    task,
                    "leased with fence " + fence + " while the lease with fence " + task.fence + " is in force");
            return;
        }
        if (task.whole) {
            mayStart(task);
        }
        task.fence = fence;
        task.attempt++;
        task.lease = lease;
        task.leaseKnown = true;
        ledger.tally.add(Count.LEASES);
    }

    private void mayStart(Known task) {
        if (task.notBeforeMs > ledger.nowMs) {
            ledger.broken(
                    Guarantee.STARTS,
                    task,
                    "leased at shard time " + ledger.nowMs + " (expected: not before " + task.notBeforeMs + ")");
        }
        if (task.task.deadlineMs() < ledger.nowMs) {
            ledger.broken(
                    Guarantee.DEADLINES,
                    task,
                    "leased at shard time " + ledger.nowMs + " (expected: not after its deadline, "
                            + task.task.deadlineMs() + ")");
        }
    }

    void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        Known task = ledger.find(number, "completion");
        if (task == null) {
            return;
        }
        ledger.note(task, Kind.COMPLETED, fence);
        if (!ends.isLive(task, "completed") || !mayReport(task, fence)) {
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
        task.lastError = Print.of(error);
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

    void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        boolean isNew = ledger.takeNumber(newNumber);
        Known dead = ledger.find(number, "redrive");
        if (dead == null || !isNew) {
            return;
        }
        if (!dead.isDead() && (dead.whole || dead.cause != null || dead.leaseKnown)) {
            ledger.note(dead, Kind.REDRIVEN, number);
            ledger.broken(Guarantee.REDRIVES, dead, "redriven (expected: of a dead letter only)");
            return;
        }
        if (dead.whole) {
            long kept = dead.task.deadlineMs();
            long expected = kept < ledger.nowMs ? Task.NO_DEADLINE : kept;
            if (deadlineMs != expected) {
                ledger.broken(
                        Guarantee.REDRIVES, dead, "new deadline: " + deadlineMs + " (expected: " + expected + ")");
            }
        }
        ledger.endOfFormerLife(dead);
        ledger.forget(dead);
        Known known = dead.redriven(newNumber, redrivenMs, deadlineMs);
        ledger.put(known);
        ledger.note(known, Kind.REDRIVEN, number);
        ledger.tally.add(Count.REDRIVEN);
    }

    /** The task whose lease with this fence is in force; null, and reported, if it is not. */
    private Known holder(long number, long fence, Kind kind) {
        Known task = ledger.find(number, "report");
        if (task == null) {
            return null;
        }
        ledger.note(task, kind, fence);
        if (!task.isLive() || !mayReport(task, fence)) {
            reported(task, fence, task.isLive());
            return null;
        }
        if (task.leaseKnown && task.lease == null) {
            reported(task, fence, false);
            return null;
        }
        task.fence = fence;
        return task;
    }

    private void reported(Known task, long fence, boolean saidAlready) {
        if (!saidAlready) {
            ledger.broken(
                    Guarantee.REPORTS,
                    task,
                    "fence " + fence + " is told of, and no lease is in force (expected: one)");
        }
    }

    private boolean mayReport(Known task, long fence) {
        if (task.fence != UNKNOWN_FENCE || task.whole) {
            if (fence != task.fence || fence == task.reportedFence) {
                ledger.broken(
                        Guarantee.REPORTS,
                        task,
                        "fence " + fence + " is told of (expected: the latest, " + task.fence + ", once)");
                return false;
            }
        }
        return true;
    }

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
