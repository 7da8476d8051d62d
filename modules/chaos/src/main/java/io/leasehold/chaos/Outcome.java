package io.leasehold.chaos;

import io.leasehold.api.RawJson;
import io.leasehold.chaos.fault.Outage;
import io.leasehold.chaos.judge.Verdict;
import io.leasehold.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run came to.
 *
 * @param failures faults that could not be done, or showed what must not be; and what the journal does not prove
 * @param verify what {@code leasehold verify} found
 */
record Outcome(
        ChaosOptions options,
        List<Outage> outages,
        List<String> failures,
        Verdict verdict,
        SecondJudge.Finding verify,
        double faultHours,
        long seconds) {

    boolean isGood() {
        return verdict.isGood() && failures.isEmpty();
    }

    /** For scripts. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", isGood());
        json.put("seed", options.seed());
        json.put("brokers", options.brokers());
        json.put("zooKeepers", options.zooKeepers());
        json.put("seconds", seconds);
        json.put("faults", outages.size());
        json.put("faultsAnHour", Math.round(outages.size() / faultHours));
        json.put("tasks", verdict.counts());
        json.put("redeliveries", verdict.redeliveries());
        json.put("broken", verdict.broken());
        json.put("violations", verdict.violations().stream().limit(100).toList());
        json.put("failures", failures);
        RawJson said = RawJson.of(verify.said());
        json.put("verify", said.isValid() ? said : verify.said());
        json.put("unavailability", unavailability());
        return json;
    }

    /** How long shards granted nothing, by the kind of fault. */
    private List<Unavailability> unavailability() {
        Map<String, List<Outage>> byKind = new TreeMap<>();
        outages.forEach(outage -> byKind.computeIfAbsent(outage.fault().kind().word(), any -> new ArrayList<>())
                .add(outage));
        List<Unavailability> rows = new ArrayList<>();
        byKind.forEach((kind, some) -> rows.add(Unavailability.of(kind, some)));
        return rows;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        Table faults = new Table("fault", "times", "shards", "p50 ms", "p99 ms", "max ms", "unsettled");
        unavailability()
                .forEach(row -> faults.row(
                        row.fault(),
                        row.times(),
                        row.shards(),
                        row.p50Ms(),
                        row.p99Ms(),
                        row.maxMs(),
                        row.unsettled()));
        text.append("How long shards granted nothing, as a probe of each saw it:\n")
                .append(faults)
                .append("\n\n");
        Table guarantees = new Table("guarantee", "broken");
        verdict.broken().forEach(guarantees::row);
        text.append(guarantees).append("\n\n");
        text.append("Tasks: ").append(verdict.counts()).append('\n');
        text.append("leasehold verify: ").append(verify.summary()).append('\n');
        text.append("Given out again: ").append(verdict.redeliveries()).append('\n');
        text.append(String.format(
                "%d faults in %.1f minutes (%d an hour), seed %d, %d broker(s), %d ZooKeeper(s), %d s in all%n",
                outages.size(),
                faultHours * 60,
                Math.round(outages.size() / faultHours),
                options.seed(),
                options.brokers(),
                options.zooKeepers(),
                seconds));
        failures.forEach(failure -> text.append("failure: ").append(failure).append('\n'));
        verdict.violations().stream()
                .limit(20)
                .forEach(it -> text.append("BROKEN: ")
                        .append(it.guarantee())
                        .append(": task ")
                        .append(it.task())
                        .append(": ")
                        .append(it.what())
                        .append('\n'));
        text.append(isGood() ? "All guarantees held." : "NOT ALL IS WELL: see above.");
        return text.toString();
    }
}
