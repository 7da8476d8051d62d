package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Target.Style;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench idle}. */
@Command(
        name = "idle",
        description = {
            "Let workers wait at empty queues, and measure how much CPU every process uses meanwhile and how many records the "
                    + "coordinators write to the journal that say more than the time."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench idle --workers 1000",
            "  leasehold bench idle --workers 10000 --seconds 60"
        })
public final class IdleCommand extends LoadCommand {
    private static final int ONE = 1;
    private static final int MOST_AT_WORK = 64;

    @Mixin
    private WorkerCount workers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--settle-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long before that, for workers to find their place (default: ${DEFAULT-VALUE}).")
    private int settleSeconds;

    @Override
    String mode() {
        return "idle";
    }

    @Override
    void check(Map<String, Object> settings) {
        stage.require("--seconds", seconds, 1, 3_600);
        stage.require("--settle-seconds", settleSeconds, 0, 600);
        workers.check(stage, settings);
        settings.put("seconds", seconds);
        settings.put("settle_seconds", settleSeconds);
    }

    @Override
    long mostTasks() {
        return ONE;
    }

    @Override
    int workers() {
        return workers.workers;
    }

    /** With tasks, since waiting alone would compile nothing for minutes; and with as many workers as one process bears at work. */
    @Override
    void warmUp(int tasks) throws Exception {
        phases(Math.min(workers.workers, MOST_AT_WORK)).mix(session().watch(work(), tasks), Style.BATCH);
        session().requireEmpty();
    }

    @Override
    Figures measure() throws Exception {
        try (Target.Workers waiting = session().target().workers(workers.workers, Style.SINGLE, payload -> {})) {
            pass("workers find their place", settleSeconds);
            Cpu before = session().cpu();
            boolean readable = session().bootstrapServers() != null;
            JournalEnd from = readable ? JournalEnd.of(session().bootstrapServers()) : null;
            pass("idle", seconds);
            Figures figures = new Figures();
            session().cpu().coresSince(before, figures);
            if (readable) {
                JournalEnd.Written written = from.writtenSince();
                figures.put("journal_ticks_per_second", (double) written.ticks() / seconds);
                figures.put("journal_records_beyond_ticks", written.others());
            }
            waiting.settle();
            return figures;
        }
    }

    private void pass(String what, int length) throws InterruptedException {
        for (int second = 0; second < length; second++) {
            session().screen().show(List.of(what + ": " + second + " of " + length + " s"));
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
