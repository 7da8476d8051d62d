package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;

/** What was granted later has the greater fence, and a fence belongs to one worker and one attempt. */
final class FencesRise implements Check {
    @Override
    public String guarantee() {
        return "G4 fences rise strictly";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        LeaseStory before = null;
        for (LeaseStory lease : task.leases()) {
            for (Event.Granted grant : lease.grants) {
                if (!grant.worker().equals(lease.worker())
                        || grant.attempt() != lease.grant().attempt()) {
                    objections.add("fence " + grant.fence() + " was given to " + lease + " and to " + grant.worker()
                            + " as attempt " + grant.attempt());
                }
            }
            if (before != null && lease.believedFromNs() < before.grant().firstSentNs()) {
                objections.add(lease + " was told before " + before + " was asked for");
            }
            boolean counts = !task.mayBeRedriven()
                    && before != null
                    && lease.grant().attempt() <= before.grant().attempt();
            if (counts) {
                objections.add(lease + " is no later attempt than " + before);
            }
            before = lease;
        }
    }
}
