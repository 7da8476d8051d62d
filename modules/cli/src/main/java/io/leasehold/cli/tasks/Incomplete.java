package io.leasehold.cli.tasks;

import io.leasehold.cli.output.Output;
import java.util.List;

/** Says which shards an answer leaves out. */
final class Incomplete {
    private Incomplete() {}

    static void warn(Output output, List<Integer> shards) {
        if (shards != null && !shards.isEmpty()) {
            output.warn("Incomplete: no owner at present for shards " + shards + ". Ask again in a few seconds.");
        }
    }
}
