package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds a whole history against all guarantees. */
public final class Judge {
    private final int maxExpiries;

    /** @param maxExpiries the coordinators' {@code max.expiries} */
    public Judge(int maxExpiries) {
        this.maxExpiries = maxExpiries;
    }

    public Verdict judge(List<Event> events) {
        Stories stories = new Stories(events);
        Redeliveries redeliveries = new Redeliveries(stories);
        List<Check> checks = List.of(
                new NothingLost(),
                new CausesAllowed(maxExpiries),
                new OneLease(),
                new FencesRise(),
                new LatestReports(),
                new ReportsKept(),
                new OneEnd(),
                new NothingEarly(),
                new AttemptsCapped(maxExpiries),
                new Deduplicated(),
                new CancelsKept(),
                new EverythingEnds(),
                redeliveries);
        List<Violation> violations = new ArrayList<>();
        Map<String, Integer> broken = new LinkedHashMap<>();
        for (Check check : checks) {
            int before = violations.size();
            for (TaskStory task : stories.tasks()) {
                check.check(task, what -> violations.add(new Violation(check.guarantee(), task.id, what)));
            }
            broken.put(check.guarantee(), violations.size() - before);
        }
        return new Verdict(broken, violations, counts(stories), reasons(redeliveries));
    }

    private static Map<String, Long> counts(Stories stories) {
        List<TaskStory> tasks = stories.tasks();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(
                "submitted",
                tasks.stream().filter(it -> !it.submissions.isEmpty()).count());
        counts.put(
                "acknowledged", tasks.stream().filter(TaskStory::isAcknowledged).count());
        counts.put("ended", tasks.stream().filter(TaskStory::hasEnded).count());
        for (String state : List.of("completed", "dead", "expired", "cancelled")) {
            counts.put(
                    state,
                    tasks.stream()
                            .filter(it -> it.stands != null && it.stands.state().equals(state))
                            .count());
        }
        counts.put("leases", tasks.stream().mapToLong(it -> it.leases().size()).sum());
        counts.put("redriven", tasks.stream().filter(TaskStory::mayBeRedriven).count());
        return counts;
    }

    private static Map<String, Integer> reasons(Redeliveries redeliveries) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        redeliveries
                .counts()
                .forEach((reason, count) ->
                        reasons.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
        return reasons;
    }
}
