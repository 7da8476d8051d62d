package io.leasehold.cli.worker;

import io.leasehold.api.Routes;
import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.submit.DurationText;
import io.leasehold.client.LeaseholdWorker;
import io.leasehold.client.WorkerBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold worker}. */
@picocli.CommandLine.Command(
        name = "worker",
        description = {
            "Run a shell command for every task of a queue, until stopped.",
            "",
            "The payload comes on standard input. In the environment: LEASEHOLD_ID, LEASEHOLD_ATTEMPT, LEASEHOLD_FENCE, "
                    + "LEASEHOLD_QUEUE, LEASEHOLD_TYPE, and TRACEPARENT if the task has one.",
            "Exit code 0 completes the task; 75 has it tried again after --retry-after; any other has it tried again after "
                    + "its own backoff. Both count against the task's maxAttempts.",
            "Standard output, up to 64 KiB, is the result: as it is if it is JSON, else as a string. The end of standard "
                    + "error is the error.",
            "The command is killed when the task is cancelled or its lease is lost. SIGTERM or Ctrl-C: no more tasks are "
                    + "taken, running commands may finish within --grace, then they are killed and their tasks given back."
        },
        footer = {
            "%nExamples:",
            "  leasehold worker --queue images --exec './resize.sh' --concurrency 4",
            "  leasehold worker --queue hello --exec 'jq .name'"
        })
public final class WorkerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

    @Option(
            names = "--url",
            paramLabel = "URL",
            split = ",",
            defaultValue = "${env:LEASEHOLD_URL:-http://127.0.0.1:8470}",
            description = "Coordinators to start from; the others are found from there (default: LEASEHOLD_URL in the "
                    + "environment, else http://127.0.0.1:8470).")
    private List<String> urls;

    @Option(
            names = "--queue",
            paramLabel = "QUEUE",
            split = ",",
            required = true,
            description = "Whose tasks to take; may be given several times.")
    private List<String> queues;

    @Option(names = "--exec", paramLabel = "CMD", required = true, description = "Run by sh -c.")
    private String command;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tasks at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--id", paramLabel = "NAME", description = "The worker's name (default: host and a random part).")
    private String id;

    @Option(
            names = "--retry-after",
            paramLabel = "SPAN",
            defaultValue = "30s",
            converter = DurationText.Span.class,
            description = "When a task is tried again whose command ended with 75 (default: ${DEFAULT-VALUE}).")
    private Duration retryAfter;

    @Option(
            names = "--grace",
            paramLabel = "SPAN",
            defaultValue = "20s",
            converter = DurationText.Span.class,
            description = "How long commands may take to finish when the worker stops (default: ${DEFAULT-VALUE}).")
    private Duration grace;

    @Override
    public Integer call() throws InterruptedException {
        try (LeaseholdWorker worker = built()) {
            worker.start();
            spec.commandLine()
                    .getErr()
                    .println("worker " + worker.id() + " takes tasks of " + queues + " from " + urls);
            sayIfNobodyAnswers();
            spec.commandLine().getErr().flush();
            worker.awaitTermination();
        }
        return ExitCodes.DONE;
    }

    /** A worker waits for coordinators that are away; whoever mistyped an address would wait with it. */
    private void sayIfNobodyAnswers() {
        for (String url : urls) {
            try {
                Coordinator.at(URI.create(url), FIRST_ANSWER).get(Routes.LIVE);
                return;
            } catch (Failure e) {
                spec.commandLine()
                        .getErr()
                        .println("worker: " + e.getMessage() + System.lineSeparator() + "It goes on trying.");
            }
        }
    }

    private LeaseholdWorker built() {
        try {
            WorkerBuilder builder = LeaseholdWorker.builder(
                            urls.get(0), urls.subList(1, urls.size()).toArray(String[]::new))
                    .concurrency(concurrency)
                    .grace(grace)
                    .onAny(new ExecHandler(command, retryAfter));
            queues.forEach(builder::queue);
            if (id != null) {
                builder.id(id);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
