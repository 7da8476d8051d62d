package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;

/** Once a client was told that a task is cancelled, it is, and nobody is given it. */
final class CancelsKept implements Check {
    @Override
    public String guarantee() {
        return "G12 cancelled stays cancelled";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        for (Event.Cancelled cancelled : task.cancelled) {
            if (!cancelled.state().equals("cancelled")) {
                continue;
            }
            if (task.stands != null && !task.stands.state().equals("cancelled")) {
                objections.add("it was cancelled, and is " + task.stands.state());
            }
            for (LeaseStory lease : task.leases()) {
                if (lease.decidedNs() > cancelled.gotNs()) {
                    objections.add("it was cancelled, and later given to " + lease);
                }
            }
        }
        boolean isUnknown = task.cancelled.stream().anyMatch(it -> it.state().equals("unknown-task"));
        if (isUnknown && task.isAcknowledged()) {
            objections.add("it was acknowledged, and its cancel was answered unknown-task");
        }
    }
}
