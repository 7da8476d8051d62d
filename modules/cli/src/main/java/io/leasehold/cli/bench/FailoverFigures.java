package io.leasehold.cli.bench;

import io.leasehold.cli.output.Table;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What came out.
 *
 * @param refusedForGood submissions that nobody took for half a minute
 * @param processors of this machine
 * @param load processes that wanted one of them, this run's own included, on average over the rounds; negative if unknown
 */
record FailoverFigures(
        int tasks, int coordinators, int shards, List<Pause> pauses, int refusedForGood, int processors, double load) {
    private static final long KILL_GOAL_MS = 2_000;
    private static final long PLANNED_GOAL_MS = 300;

    /** Whether every shard came back every time, and every submission was taken in the end. */
    boolean isSound() {
        return refusedForGood == 0 && pauses.stream().allMatch(pause -> pause.grantMs() >= 0 && pause.submitMs() >= 0);
    }

    Table table() {
        Table table = new Table("WHAT", "ROUNDS", "SHARDS AWAY", "P50 MS", "P90 MS", "P99 MS", "MAX MS", "GOAL");
        rows(table, "kill -9", Pause.KILL, KILL_GOAL_MS);
        rows(table, "SIGTERM", Pause.STOP, PLANNED_GOAL_MS);
        rows(table, "move to a joining one", Pause.MOVE, PLANNED_GOAL_MS);
        return table;
    }

    private void rows(Table table, String what, String kind, long goalMs) {
        List<Pause> some =
                pauses.stream().filter(pause -> pause.kind().equals(kind)).toList();
        if (!some.isEmpty()) {
            row(table, what + ": granted again", some, Pause::grantMs, goalMs);
            row(table, what + ": taken again", some, Pause::submitMs, goalMs);
        }
    }

    private static void row(Table table, String what, List<Pause> some, ToLongFunction<Pause> figure, long goalMs) {
        long[] ms = some.stream()
                .mapToLong(figure)
                .map(one -> one < 0 ? Long.MAX_VALUE : one)
                .sorted()
                .toArray();
        long rounds = some.stream().mapToInt(Pause::round).distinct().count();
        long good = some.stream()
                .filter(pause -> figure.applyAsLong(pause) >= 0 && figure.applyAsLong(pause) <= goalMs)
                .count();
        table.row(
                what,
                rounds,
                ms.length,
                at(ms, 50),
                at(ms, 90),
                at(ms, 99),
                at(ms, 100),
                good + " of " + ms.length + " within " + goalMs + " ms");
    }

    private static String at(long[] sorted, int percent) {
        int rank = Math.max(0, (sorted.length * percent + 99) / 100 - 1);
        return sorted[rank] == Long.MAX_VALUE ? "never" : Long.toString(sorted[rank]);
    }
}
