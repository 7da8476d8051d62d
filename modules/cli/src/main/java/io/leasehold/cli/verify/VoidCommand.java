package io.leasehold.cli.verify;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.log.LogOptions;
import io.leasehold.log.MarkWriter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold journal void}. */
@Command(
        name = "void",
        description = {
            "Have garbage in a shard's journal taken for void: what is no record of any release, so that it stops the"
                    + " shard. Nothing is removed: a mark is written behind it, good for those bytes at that offset"
                    + " alone.",
            "Without --execute nothing is written: the command shows what lies there."
        })
final class VoidCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaFlags kafka;

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @Option(names = "--shard", paramLabel = "N", required = true, description = "Whose journal.")
    private int shard;

    @Option(
            names = "--offset",
            paramLabel = "N",
            required = true,
            description = "Where it lies, as the stopped shard says.")
    private long offset;

    @Option(
            names = "--offline",
            description = "Ask no coordinator whether it owns the shard; only while none is running.")
    private boolean offline;

    @Option(names = "--execute", description = "Do it.")
    private boolean execute;

    /**
     * What is printed as JSON.
     *
     * @param begins the first bytes of the garbage, in hexadecimal
     * @param behind how many records lie behind it
     * @param mark where the mark lies; null if there is none
     */
    record Done(
            boolean dryRun,
            int shard,
            long offset,
            int bytes,
            String problem,
            String sha256,
            String begins,
            String appendedAt,
            long behind,
            Long mark) {}

    @Override
    public Integer call() throws IOException {
        LogOptions options;
        try {
            options = kafka.logOptions();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (!offline) {
            checkUnowned();
        }
        FoundGarbage found = FoundGarbage.in(options, shard, offset);
        Long mark = found.mark();
        boolean isNew = mark == null && execute;
        if (isNew) {
            mark = new MarkWriter(options).write(shard, found.markForIt());
        }
        print(found, mark, isNew);
        return ExitCodes.DONE;
    }

    /** An owner has read the journal to its end: for it there is no garbage, or it is void already. */
    private void checkUnowned() {
        ClusterView cluster = Json.readAnswer(coordinator.get(Routes.CLUSTER), ClusterView.class);
        if (shard < 0 || shard >= cluster.shards().size()) {
            throw new Failure("--shard: " + shard + " (expected: 0 to "
                    + (cluster.shards().size() - 1) + ")");
        }
        ClusterView.ShardView view = cluster.shards().get(shard);
        if ("active".equals(view.status()) || "releasing".equals(view.status())) {
            throw new Failure(
                    "shard " + shard + ": " + view.owner() + " owns it and serves it (expected: a shard that is"
                            + " stopped, with the offset as its problem)");
        }
    }

    private void print(FoundGarbage found, Long mark, boolean isNew) {
        if (output.isJson()) {
            output.json(new Done(
                    !execute,
                    shard,
                    offset,
                    found.bytes(),
                    found.problem(),
                    found.sha256(),
                    found.begins(),
                    found.appendedAt(),
                    found.behind(),
                    mark));
            return;
        }
        output.line(new Table("WHAT LIES AT OFFSET " + offset + " OF SHARD " + shard, "")
                .row("why it is no record", found.problem())
                .row("bytes", found.bytes())
                .row("begins with", found.begins())
                .row("SHA-256", found.sha256())
                .row("appended at", found.appendedAt())
                .row("records behind it", found.behind())
                .toString());
        if (isNew) {
            output.line("void from now on, by the mark at offset " + mark
                    + "; coordinators that stopped there try again within 15 s");
        } else if (mark != null) {
            output.line("void already, by the mark at offset " + mark);
        } else {
            output.line("would write a mark that voids it (dry run; add --execute to do it)");
        }
    }
}
