package io.leasehold.cli.submit;

import io.leasehold.api.Problem;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.cli.output.Output;

/** Counts and prints what became of the tasks. Thread-safe: answers from Kafka come on the producer's thread. */
final class Tally {
    private final Output output;
    private final boolean single;
    private long accepted;
    private long duplicates;
    private long refused;

    /** @param single whether there is one task alone, whose answer is worth its own words */
    Tally(Output output, boolean single) {
        this.output = output;
        this.single = single;
    }

    synchronized void answered(Item item, SubmitAnswer answer) {
        if (answer.error() != null) {
            refused(item.line(), words(answer.error()));
            return;
        }
        boolean duplicate = Boolean.TRUE.equals(answer.duplicate());
        accepted += duplicate ? 0 : 1;
        duplicates += duplicate ? 1 : 0;
        if (output.isJson()) {
            output.json(answer);
        } else if (single) {
            output.line((answer.id() == null ? "the task is" : answer.id())
                    + (duplicate ? " is known already" : " accepted")
                    + (answer.shard() == null ? "" : ", shard " + answer.shard()));
        }
    }

    /** A task that was not taken, for whatever reason. */
    synchronized void refused(int line, String why) {
        refused++;
        output.warn(Item.at(line) + why);
    }

    private static String words(Problem problem) {
        return problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
    }

    /** Prints the sums; true if every task was taken. */
    synchronized boolean finish() {
        if (!single && !output.isJson()) {
            output.line(accepted + " accepted, " + duplicates + " known already, " + refused + " refused");
        }
        return refused == 0;
    }
}
