package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.Objects;

/** Every end has a cause, and there was reason for it. */
final class CausesAllowed implements Check {
    private final int maxExpiries;

    CausesAllowed(int maxExpiries) {
        this.maxExpiries = maxExpiries;
    }

    @Override
    public String guarantee() {
        return "G2 every end has an allowed cause";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        for (Event.Ended end : task.ends.values()) {
            String objection = objection(task, end);
            if (objection != null) {
                objections.add("it ended " + end.state() + ", cause " + end.cause() + ", and " + objection);
            }
        }
    }

    /** Null if all is well. */
    private String objection(TaskStory task, Event.Ended end) {
        if (task.submissions.isEmpty()) {
            return "nobody submitted it";
        }
        Event.Submitting spec = task.submissions.get(0);
        return switch (String.valueOf(end.cause())) {
            case "succeeded" -> hasSucceeded(task, end) ? null : "no worker reported that success";
            case "attempts-exhausted" ->
                end.failures() == spec.maxAttempts()
                        ? null
                        : "it had failed " + end.failures() + " times of " + spec.maxAttempts();
            case "expiries-exhausted" ->
                end.expiries() == maxExpiries
                        ? null
                        : "its leases had run out " + end.expiries() + " times of " + maxExpiries;
            case "not-retryable" ->
                task.leases().stream()
                                .flatMap(lease -> lease.reports.stream())
                                .anyMatch(report -> report.outcome().equals("failure") && !report.retryable())
                        ? null
                        : "no worker said so";
            case "deadline-passed" -> spec.deadlineMs() != null ? null : "it had no deadline";
            case "cancelled" -> task.cancels.isEmpty() ? "nobody cancelled it" : null;
            default -> "that is none";
        };
    }

    private static boolean hasSucceeded(TaskStory task, Event.Ended end) {
        return task.leases().stream()
                .flatMap(lease -> lease.reports.stream())
                .anyMatch(
                        report -> report.outcome().equals("success") && Objects.equals(report.result(), end.result()));
    }
}
