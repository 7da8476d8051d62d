package io.leasehold.chaos.judge;

import java.util.Comparator;
import java.util.List;

/** The times in which workers may believe that they hold a task do not overlap. */
final class OneLease implements Check {
    private static final double NANOS_A_MS = 1_000_000.0;

    @Override
    public String guarantee() {
        return "G3 one valid lease a task at a time";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        // A grant that was told when its promise was over already has never been believed.
        List<LeaseStory> inTime = task.leases().stream()
                .filter(lease -> lease.believedFromNs() < lease.believedUntilNs())
                .sorted(Comparator.comparingLong(LeaseStory::believedFromNs))
                .toList();
        LeaseStory longest = null;
        for (LeaseStory lease : inTime) {
            if (longest != null && lease.believedFromNs() < longest.believedUntilNs()) {
                objections.add(String.format(
                        "%s was to be believed for another %.3f ms when %s was told",
                        longest, (longest.believedUntilNs() - lease.believedFromNs()) / NANOS_A_MS, lease));
            }
            if (longest == null || lease.believedUntilNs() > longest.believedUntilNs()) {
                longest = lease;
            }
        }
    }
}
