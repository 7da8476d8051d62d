package io.leasehold.verify;

import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.verify.Trail.Kind;

/** Holds beginnings, leases and new lives of tasks against what may be. A fact that must not be is reported and changes nothing. */
final class Lives {
    /** The first fold version whose journals may tell of purges. */
    private static final int WITH_PURGES = 4;

    private final Ledger ledger;
    private final Ends ends;

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

    void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        boolean isNew = ledger.takeNumber(newNumber);
        Known dead = ledger.find(number, "redrive");
        if (dead == null || !isNew) {
            return;
        }
        if (!dead.isDead() && (dead.whole || dead.cause != null || dead.purged || dead.leaseKnown)) {
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

    void purged(long number) {
        Known dead = ledger.find(number, "purge");
        if (dead == null) {
            return;
        }
        ledger.note(dead, Kind.PURGED, dead.endNumber);
        if (ledger.foldVersion < WITH_PURGES) {
            String found = "purged under fold version " + ledger.foldVersion;
            ledger.broken(Guarantee.PURGES, dead, found + " (expected: " + WITH_PURGES + " or later)");
            return;
        }
        if (!dead.isDead() && (dead.whole || dead.cause != null || dead.purged || dead.leaseKnown)) {
            ledger.broken(Guarantee.PURGES, dead, "purged (expected: of a dead letter only, and once)");
            return;
        }
        dead.purge();
        ledger.tally.add(Count.PURGED);
    }
}
