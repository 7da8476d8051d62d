package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;

/** Who began to report when another worker already held the task is not heard. */
final class LatestReports implements Check {
    @Override
    public String guarantee() {
        return "G5 only the latest lease may report";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        for (LeaseStory lease : task.leases()) {
            long reportedNs = lease.reports.stream()
                    .mapToLong(Event.Reporting::sentNs)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (lease.acceptedNs() == Long.MAX_VALUE) {
                continue;
            }
            for (LeaseStory later :
                    task.leasesByFence.tailMap(lease.fence(), false).values()) {
                if (later.believedFromNs() < reportedNs) {
                    objections.add("the report of " + lease + " was accepted, and was sent when " + later
                            + " had been told already");
                }
            }
        }
    }
}
