package io.leasehold.cli.verify;

import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.cli.output.Times;
import io.leasehold.verify.Count;
import io.leasehold.verify.CounterExample;
import io.leasehold.verify.Fact;
import io.leasehold.verify.ShardVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints verdicts: counts, then what is broken, then the one line that matters. */
final class VerdictPage {
    private static final int MOST_COLUMNS = 8;
    private static final int MOST_VOIDED = 20;

    private final Output output;
    private final String notChecked;

    /** @param notChecked what else could have been checked; may be empty */
    VerdictPage(Output output, String notChecked) {
        this.output = output;
        this.notChecked = notChecked;
    }

    void print(List<ShardVerdict> verdicts) {
        if (output.isJson()) {
            output.json(json(verdicts));
            return;
        }
        output.line(counts(verdicts).toString());
        for (ShardVerdict verdict : verdicts) {
            verdict.broken().forEach(example -> print(verdict, example));
        }
        verdicts.forEach(this::printVoided);
        output.line("");
        output.line(summary(verdicts));
    }

    private void printVoided(ShardVerdict verdict) {
        if (!verdict.voided().isEmpty()) {
            output.line("");
            output.line("Garbage in shard " + verdict.shard() + " that an operator's mark voids: at offset "
                    + verdict.voided().stream()
                            .limit(MOST_VOIDED)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + (verdict.voided().size() > MOST_VOIDED ? ", ..." : ""));
        }
    }

    private static Table counts(List<ShardVerdict> verdicts) {
        List<ShardVerdict> shown = verdicts.size() <= MOST_COLUMNS ? verdicts : List.of();
        List<String> heads = new ArrayList<>(List.of(""));
        shown.forEach(verdict -> heads.add("shard " + verdict.shard()));
        heads.add("all");
        Table table = new Table(heads.toArray(String[]::new));
        List<Object> from = new ArrayList<>(List.of("from offset"));
        shown.forEach(verdict -> from.add(number(verdict.from())));
        table.row(from.toArray());
        for (Count count : Count.values()) {
            long sum =
                    verdicts.stream().mapToLong(verdict -> verdict.count(count)).sum();
            if (sum > 0) {
                List<Object> row = new ArrayList<>(List.of(count.word().replace('-', ' ')));
                shown.forEach(verdict -> row.add(number(verdict.count(count))));
                row.add(number(sum));
                table.row(row.toArray());
            }
        }
        return table;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void print(ShardVerdict verdict, CounterExample example) {
        output.line("");
        output.line(
                "BROKEN in shard " + verdict.shard() + ", " + verdict.times().get(example.guarantee()) + " times: "
                        + example.guarantee().statement());
        output.line("  first at offset " + example.offset() + ": " + example.what());
        for (Fact fact : example.facts()) {
            output.line("    offset " + fact.offset() + ", " + Times.at(fact.shardMs()) + "  " + fact.what());
        }
    }

    private String summary(List<ShardVerdict> verdicts) {
        long broken = verdicts.stream().filter(verdict -> !verdict.isProven()).count();
        String where = verdicts.size() + (verdicts.size() == 1 ? " shard." : " shards.");
        if (broken > 0) {
            return "Broken: in " + broken + " of " + where;
        }
        return "Proven: no guarantee is broken in " + where + (notChecked.isEmpty() ? "" : " " + notChecked);
    }

    private static Map<String, Object> json(List<ShardVerdict> verdicts) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("proven", verdicts.stream().allMatch(ShardVerdict::isProven));
        page.put("shards", verdicts.stream().map(VerdictPage::json).toList());
        return page;
    }

    private static Map<String, Object> json(ShardVerdict verdict) {
        Map<String, Object> shard = new LinkedHashMap<>();
        shard.put("shard", verdict.shard());
        shard.put("proven", verdict.isProven());
        shard.put("fromOffset", verdict.from());
        shard.put("toOffset", verdict.to());
        Map<String, Long> counts = new LinkedHashMap<>();
        verdict.counts().forEach((count, value) -> counts.put(count.word(), value));
        shard.put("counts", counts);
        shard.put("voided", verdict.voided());
        shard.put(
                "broken",
                verdict.broken().stream().map(example -> json(verdict, example)).toList());
        return shard;
    }

    private static Map<String, Object> json(ShardVerdict verdict, CounterExample example) {
        Map<String, Object> broken = new LinkedHashMap<>();
        broken.put("guarantee", example.guarantee().word());
        broken.put("statement", example.guarantee().statement());
        broken.put("times", verdict.times().get(example.guarantee()));
        broken.put("offset", example.offset());
        broken.put("what", example.what());
        broken.put("facts", example.facts());
        return broken;
    }
}
