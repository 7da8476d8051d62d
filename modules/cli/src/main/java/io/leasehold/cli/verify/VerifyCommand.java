package io.leasehold.cli.verify;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Terminal;
import io.leasehold.verify.From;
import io.leasehold.verify.Rules;
import io.leasehold.verify.ShardVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold verify}. */
@Command(
        name = "verify",
        description = {
            "Prove from the journal alone that the guarantees held, or show where one did not.",
            "Reads what lies in Kafka, up to its end as of now, without the code that runs the shards. The cluster may run or "
                    + "be stopped; it is not asked and not disturbed. Takes memory for the tasks that are remembered."
        },
        exitCodeList = {
            "0:proven: no guarantee is broken",
            "1:broken, or it could not be read; the output says which and where",
            "2:wrong usage"
        },
        footer = {
            "%nExamples:",
            "  leasehold verify",
            "  leasehold verify --inbox --ended --from beginning",
            "  leasehold verify --bootstrap-servers kafka:9092 --client-config sasl.properties --shard 3 -o json"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Mixin
    private KafkaFlags kafka;

    @Option(
            names = "--shard",
            paramLabel = "N",
            split = ",",
            description = "Only this shard; may be given several times (default: all).")
    private List<Integer> shards = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "newest-base",
            converter = Place.class,
            description = {
                "newest-base: from where a new owner would read.",
                "beginning: all the history that is still there (default: ${DEFAULT-VALUE})."
            })
    private From from;

    @Option(
            names = "--inbox",
            description =
                    "Check too that every valid submission that was passed in the inbox was admitted, known or rejected.")
    private boolean inbox;

    @Option(
            names = "--ended",
            description = "Check too that the topic of ended tasks holds every published end, and nothing else.")
    private boolean ended;

    @Option(
            names = "--max-expiries",
            paramLabel = "N",
            defaultValue = "3",
            description = "max.expiries, as set for the coordinators (default: ${DEFAULT-VALUE}).")
    private int maxExpiries;

    @Override
    public Integer call() throws IOException {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isInteractive());
        List<ShardVerdict> verdicts;
        try {
            verdicts = verification().run(progress);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } finally {
            progress.clear();
        }
        new VerdictPage(output, notChecked()).print(verdicts);
        return verdicts.stream().allMatch(ShardVerdict::isProven) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Verification verification() throws IOException {
        Rules rules = Rules.DEFAULT.withMaxExpiries(maxExpiries);
        return new Verification(
                kafka.bootstrapServers(),
                kafka.topicPrefix(),
                kafka.client(),
                List.copyOf(shards),
                rules,
                from,
                inbox,
                ended);
    }

    private String notChecked() {
        if (inbox && ended) {
            return "";
        }
        return "Not looked at: " + (inbox ? "" : "the inbox (--inbox)") + (inbox || ended ? "" : " and ")
                + (ended ? "" : "the topic of ended tasks (--ended)") + ".";
    }
}
