package io.leasehold.verify;

import io.leasehold.core.task.EndCause;
import io.leasehold.verify.Trail.Kind;

/** Holds the ends that nobody reported against what may end a task. */
final class Ends {
    private final Ledger ledger;

    Ends(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether the task lives, or may live as far as was heard; says so if not. */
    boolean isLive(Known task, String what) {
        if (!task.isLive()) {
            ledger.broken(
                    Guarantee.ENDS,
                    task,
                    what + " (expected: nothing more, it ended: " + (task.cause == null ? "purged" : task.cause.word())
                            + ", end " + task.endNumber + ")");
        }
        return task.isLive();
    }

    void deadLettered(long number, EndCause cause, long endedMs) {
        Known task = ledger.find(number, "dead letter");
        if (task == null || !isLive(task, "given up: " + cause.word())) {
            return;
        }
        if (task.whole) {
            String missing = missing(task, cause);
            if (missing != null) {
                ledger.broken(Guarantee.CAUSES, task, "given up: " + cause.word() + " (expected: " + missing + ")");
            }
        }
        end(task, cause, Kind.GIVEN_UP, endedMs);
    }

    /** What the cause takes and is not there, or null. */
    private String missing(Known task, EndCause cause) {
        boolean hasJustFailed = task.trail.endsWith(ledger.offset, Kind.FAILED);
        boolean hasJustExpired = task.trail.endsWith(ledger.offset, Kind.EXPIRY_COUNTED);
        int most = ledger.rules.maxExpiries();
        return switch (cause) {
            case ATTEMPTS_EXHAUSTED ->
                hasJustFailed && task.failures == task.task.maxAttempts()
                        ? null
                        : "a failure before it, and " + task.task.maxAttempts() + " failures; there are "
                                + task.failures;
            case EXPIRIES_EXHAUSTED ->
                hasJustExpired && task.expiries == most
                        ? null
                        : "an expiry before it, and " + most + " counted ones; there are " + task.expiries;
            case NOT_RETRYABLE -> hasJustFailed ? null : "a failure before it";
            case SUCCEEDED, DEADLINE_PASSED, CANCELLED -> "a cause of giving up";
        };
    }

    void expired(long number, long endedMs) {
        Known task = ledger.find(number, "expiry");
        if (task == null || !isLive(task, "expired")) {
            return;
        }
        if (task.lease != null) {
            ledger.broken(Guarantee.CAUSES, task, "expired (expected: not while a lease is in force)");
        } else if (task.whole && !isTooLate(task)) {
            ledger.broken(
                    Guarantee.CAUSES,
                    task,
                    "expired at shard time " + ledger.nowMs + " (expected: after its deadline, "
                            + task.task.deadlineMs() + ", or with a retry after it)");
        }
        end(task, EndCause.DEADLINE_PASSED, Kind.DEADLINE_PASSED, endedMs);
    }

    private boolean isTooLate(Known task) {
        long deadlineMs = task.task.deadlineMs();
        boolean hasJustReported = task.trail.endsWith(ledger.offset, Kind.FAILED, Kind.RETURNED);
        return deadlineMs < ledger.nowMs || (hasJustReported && task.notBeforeMs > deadlineMs);
    }

    void cancelled(long number, long endedMs) {
        Known task = ledger.find(number, "cancellation");
        if (task == null || !isLive(task, "cancelled")) {
            return;
        }
        end(task, EndCause.CANCELLED, Kind.CANCELLED, endedMs);
    }

    private void end(Known task, EndCause cause, Kind kind, long endedMs) {
        ledger.end(task, cause, endedMs, false, Print.NOTHING);
        ledger.note(task, kind, task.endNumber);
    }
}
