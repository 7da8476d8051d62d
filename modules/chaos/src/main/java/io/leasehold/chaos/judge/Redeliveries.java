package io.leasehold.chaos.judge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Whenever a task was given to a second worker there was a reason; the reasons are counted. */
final class Redeliveries implements Check {
    /** Why a task was given out again. */
    enum Reason {
        FAILURE,
        RELEASE,
        WORKER_SILENCED,
        /** Its worker did its part, and was told or answered nothing in time. */
        UNANSWERED,
        DURING_A_FAULT,
        NEW_LIFE,
        UNEXPLAINED
    }

    private final Stories stories;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

    Redeliveries(Stories stories) {
        this.stories = stories;
        for (Reason reason : Reason.values()) {
            counts.put(reason, 0);
        }
    }

    @Override
    public String guarantee() {
        return "every redelivery is explained";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        List<LeaseStory> leases = new ArrayList<>(task.leases());
        for (int i = 0; i + 1 < leases.size(); i++) {
            LeaseStory first = leases.get(i);
            LeaseStory second = leases.get(i + 1);
            Reason reason = reason(task, first, second);
            counts.merge(reason, 1, Integer::sum);
            if (reason == Reason.UNEXPLAINED) {
                objections.add(first + " neither failed nor gave it back nor fell silent, and " + second + " got it");
            }
        }
    }

    Map<Reason, Integer> counts() {
        return counts;
    }

    private Reason reason(TaskStory task, LeaseStory first, LeaseStory second) {
        if (first.hasReported("failure")) {
            return Reason.FAILURE;
        }
        if (first.hasReported("release")) {
            return Reason.RELEASE;
        }
        long fromNs = Math.min(first.lastOkNs(), first.believedFromNs());
        if (stories.isSilenced(first.worker(), fromNs, second.believedFromNs())) {
            return Reason.WORKER_SILENCED;
        }
        if (first.wasKeptWaiting()) {
            return Reason.UNANSWERED;
        }
        boolean trouble = stories.troubles().stream()
                .anyMatch(it -> it.fromNs() <= second.believedFromNs() && it.toNs() >= fromNs);
        if (trouble) {
            return Reason.DURING_A_FAULT;
        }
        return task.mayBeRedriven() ? Reason.NEW_LIFE : Reason.UNEXPLAINED;
    }
}
