package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.Objects;

/** A report that was answered ok has happened, and is never undone. */
final class ReportsKept implements Check {
    @Override
    public String guarantee() {
        return "G6 an accepted report is never undone";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        int failures = 0;
        for (LeaseStory lease : task.leases()) {
            if (lease.acceptedNs() == Long.MAX_VALUE) {
                continue;
            }
            if (lease.hasReported("success")) {
                succeeded(task, lease, objections);
            } else if (lease.hasReported("failure")) {
                failures++;
            }
        }
        if (!task.mayBeRedriven() && task.stands != null && task.stands.failures() < failures) {
            objections.add(failures + " failures were accepted, and it counts " + task.stands.failures());
        }
    }

    private static void succeeded(TaskStory task, LeaseStory lease, Objections objections) {
        LeaseStory last = task.leasesByFence.lastEntry().getValue();
        if (last != lease) {
            objections.add("the success of " + lease + " was accepted, and there is " + last);
        }
        if (task.stands == null || task.stands.state().equals("unknown")) {
            return;
        }
        if (!task.stands.state().equals("completed")) {
            objections.add("the success of " + lease + " was accepted, and it is " + task.stands.state());
            return;
        }
        Event.Reporting report = lease.reports.stream()
                .filter(it -> it.outcome().equals("success"))
                .findFirst()
                .orElseThrow();
        if (!Objects.equals(report.result(), task.stands.result())) {
            objections.add("the success of " + lease + " was accepted with " + report.result() + ", and its result is "
                    + task.stands.result());
        }
    }
}
