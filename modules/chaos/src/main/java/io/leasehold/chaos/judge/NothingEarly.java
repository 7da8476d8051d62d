package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Nothing starts before its time, and nothing after its deadline. Coordinators may be as far off
 * the broker's clock as they tolerate, twice: when a time was set, and when it was looked at.
 */
final class NothingEarly implements Check {
    static final long TOLERANCE_MS = 4_000;

    @Override
    public String guarantee() {
        return "G9 nothing starts before its time or after its deadline";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        if (task.submissions.isEmpty()) {
            return;
        }
        Event.Submitting spec = task.submissions.get(0);
        List<LeaseStory> leases = new ArrayList<>(task.leases());
        for (LeaseStory lease : leases) {
            long gotMs = lease.grant().gotMs();
            if (spec.notBeforeMs() != null && gotMs < spec.notBeforeMs() - TOLERANCE_MS) {
                objections.add(lease + " was told " + (spec.notBeforeMs() - gotMs) + " ms before its time");
            }
            long decidedMs = gotMs - (lease.grant().gotNs() - lease.decidedNs()) / 1_000_000;
            boolean late = spec.deadlineMs() != null && decidedMs > spec.deadlineMs() + TOLERANCE_MS;
            if (late && !task.mayBeRedriven()) {
                objections.add(lease + " was decided " + (decidedMs - spec.deadlineMs()) + " ms after its deadline");
            }
        }
    }
}
