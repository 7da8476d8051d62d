package io.leasehold.cli.bench;

import io.leasehold.cli.output.Table;
import java.util.List;
import java.util.Locale;

/**
 * What came out.
 *
 * @param live tasks that still waited at the end
 * @param seconds from the first submission to the last completion
 */
record SoakFigures(long tasks, long live, double seconds, List<Shard> shards) {
    private static final double GOAL = 3;

    /**
     * @param liveBytes what it takes to carry all that matters, about
     * @param replayBytes what a replay reads, from the newest base to the end
     * @param journalBytes everything from the journal's start to its end, as the broker counts it
     * @param writtenBytes all that was written since the start
     * @param carriedBytes what of that had been written before
     * @param remembered tasks and ends
     */
    record Shard(
            int shard,
            long liveBytes,
            long replayBytes,
            long journalBytes,
            long writtenBytes,
            long carriedBytes,
            long remembered,
            double replaySeconds) {
        Shard replayedIn(double seconds) {
            return new Shard(
                    shard, liveBytes, replayBytes, journalBytes, writtenBytes, carriedBytes, remembered, seconds);
        }

        double replayPart() {
            return (double) replayBytes / liveBytes;
        }

        double journalPart() {
            return (double) journalBytes / liveBytes;
        }

        double amplification() {
            return (double) carriedBytes / (writtenBytes - carriedBytes);
        }
    }

    boolean isShort() {
        return shards.stream().allMatch(shard -> shard.replayPart() <= GOAL && shard.amplification() <= 0.5);
    }

    Table table() {
        Table table = new Table(
                "SHARD",
                "LIVE MB",
                "REPLAYED MB",
                "X LIVE",
                "JOURNAL MB",
                "X LIVE",
                "WRITTEN MB",
                "CARRIED",
                "REMEMBERED",
                "REPLAY S");
        for (Shard one : shards) {
            table.row(
                    one.shard(),
                    mb(one.liveBytes()),
                    mb(one.replayBytes()),
                    decimals(one.replayPart()),
                    mb(one.journalBytes()),
                    decimals(one.journalPart()),
                    mb(one.writtenBytes()),
                    decimals(one.amplification()),
                    one.remembered(),
                    decimals(one.replaySeconds()));
        }
        return table;
    }

    private static String mb(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
