package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;

/** Failures and expiries never exceed their caps. */
final class AttemptsCapped implements Check {
    private final int maxExpiries;

    AttemptsCapped(int maxExpiries) {
        this.maxExpiries = maxExpiries;
    }

    @Override
    public String guarantee() {
        return "G10 attempts are capped";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        if (task.stands == null || task.submissions.isEmpty()) {
            return;
        }
        Event.Submitting spec = task.submissions.get(0);
        if (task.stands.failures() > spec.maxAttempts()) {
            objections.add(
                    "it failed " + task.stands.failures() + " times (expected: at most " + spec.maxAttempts() + ")");
        }
        if (task.stands.expiries() > maxExpiries) {
            objections.add(
                    "its leases ran out " + task.stands.expiries() + " times (expected: at most " + maxExpiries + ")");
        }
    }
}
