package io.leasehold.cli.demo;

import io.leasehold.cli.output.Table;
import io.leasehold.cli.output.Times;
import java.util.List;
import java.util.Map;

/**
 * What came out.
 *
 * @param digestsEqual files whose digest is the same as one computed directly, as told by the topic and by a coordinator
 * @param endedOnce files with exactly one end in the topic
 * @param copies records of the topic that repeat an end, which is allowed
 * @param retried failures that were tried again
 * @param expiries leases that ran out because their worker was dead, the poison task's among them
 * @param servedAfterMs by shard of the killed coordinator: how long until it was served again
 * @param runMs from the first submission to the last end
 * @param totalMs with the start of all processes, and the checks
 * @param differences everything that is not as it must be; empty if all is well
 */
record Figures(
        int files,
        long bytes,
        int digestsEqual,
        int endedOnce,
        long copies,
        int retried,
        int expiries,
        String poison,
        int workerDeaths,
        String killedCoordinator,
        Map<Integer, Long> servedAfterMs,
        String killedWorker,
        long runMs,
        long totalMs,
        List<String> differences) {

    Table table() {
        long worst =
                servedAfterMs.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return new Table("WHAT", "FIGURE")
                .row("files hashed", files + " (" + (bytes >> 20) + " MiB)")
                .row("digests equal to those computed directly", digestsEqual + " of " + files)
                .row("files that ended exactly once", endedOnce + " of " + files)
                .row("repeated copies of ends in the topic", copies)
                .row("failures that were tried again", retried)
                .row("leases taken from dead workers", expiries)
                .row("poison task", poison)
                .row("workers that died, and were started anew", workerDeaths)
                .row("killed half-way", killedCoordinator + " and " + killedWorker)
                .row("its shards " + servedAfterMs.keySet() + " served again after", "at most " + Times.seconds(worst))
                .row("first submission to last end", Times.seconds(runMs))
                .row("in all", Times.seconds(totalMs))
                .row("differences", differences.isEmpty() ? "none" : Integer.toString(differences.size()));
    }
}
