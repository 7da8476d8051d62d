package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.InboxSubmissions;
import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leasehold bench submit}. */
@Command(
        name = "submit",
        description = {
            "Submit tasks in batches, over HTTP or through Kafka, and measure how fast they are acknowledged as durable, or admitted from the inbox. They are drained after each run, which is not measured."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench submit --runs 3",
            "  leasehold bench submit --via kafka --tasks 1000000"
        })
public final class SubmitBenchCommand extends CountedLoad {
    /** How tasks are handed in. */
    enum Way {
        HTTP,
        KAFKA
    }

    @Option(
            names = "--via",
            paramLabel = "WAY",
            defaultValue = "http",
            description = "http, or kafka: then it is measured until all are admitted (default: ${DEFAULT-VALUE}).")
    private Way via;

    SubmitBenchCommand() {
        super(200_000);
    }

    @Override
    String mode() {
        return "submit";
    }

    @Override
    void check(Map<String, Object> settings) {
        if (via == Way.KAFKA && !options.isOwnCluster() && options.bootstrapServers == null) {
            throw stage.wrong(
                    "--via kafka: needs the cluster's Kafka (expected: --bootstrap-servers HOST:PORT as well)");
        }
        settings.put("via", via.name().toLowerCase(Locale.ROOT));
        super.check(settings);
    }

    @Override
    Figures pass(int tasks) throws Exception {
        Watch watch = session().watch(work(), tasks);
        Figures figures = via == Way.HTTP
                ? phases().submit(watch, () -> session().target().producer(Style.BATCH))
                : admit(watch);
        session().awaitLive(tasks, "admitting");
        phases().drain(watch, Style.BATCH);
        return figures;
    }

    private Figures admit(Watch watch) throws Exception {
        try (Submitting submitting = new Submitting(
                producers(),
                () -> new InboxSubmissions(
                        session().bootstrapServers(), session().tag()))) {
            Cpu before = session().cpu();
            long from = System.nanoTime();
            submitting.submit(work(), watch.all(), done -> session().show("submitting", done, watch.tasks()));
            double durable = (System.nanoTime() - from) / 1e9;
            session().awaitLive(watch.tasks(), "admitting");
            double admitted = (System.nanoTime() - from) / 1e9;
            Figures figures = new Figures()
                    .put("tasks_per_second", watch.tasks() / admitted)
                    .put("seconds", admitted)
                    .put("durable_per_second", watch.tasks() / durable);
            session().cpu().since(before, watch.tasks(), figures);
            return figures;
        }
    }
}
