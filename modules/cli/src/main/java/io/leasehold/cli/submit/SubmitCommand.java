package io.leasehold.cli.submit;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.TaskReader;
import io.leasehold.api.Traceparent;
import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Terminal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold submit}. */
@Command(
        name = "submit",
        description = {
            "Submit one task given as flags, or many from standard input: one JSON object a line.",
            "A task is acknowledged once it cannot be lost any more. With an id, submitting it again is safe."
        },
        footer = {
            "%nExamples:",
            "  leasehold submit --queue images --type resize --payload '{\"url\":\"cat.jpg\"}' --priority 5",
            "  leasehold submit --id nightly --deadline +10m --payload-file job.json",
            "  echo '{\"id\":\"a\",\"queue\":\"images\",\"payload\":1}' | leasehold submit",
            "  leasehold submit --bootstrap-server 127.0.0.1:9092 < tasks.ndjson"
        })
public final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @Mixin
    private TaskFlags flags;

    @Option(
            names = {"--bootstrap-server", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            description = "Write the tasks to Kafka instead of asking a coordinator.")
    private String bootstrapServers;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "leasehold.tasks",
            description = "With --bootstrap-server: the inbox (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--traceparent",
            paramLabel = "HEADER",
            description = "The W3C trace context that the tasks belong to, handed on to their workers (default: "
                    + "TRACEPARENT in the environment, if it is well formed).")
    private String traceparent;

    @Override
    public Integer call() throws IOException {
        Map<String, String> headers = headers();
        Tally tally = new Tally(output, flags.isGiven());
        try (Door door = bootstrapServers == null
                ? new HttpDoor(coordinator, headers, tally)
                : new KafkaDoor(bootstrapServers, topic, headers, tally)) {
            if (flags.isGiven()) {
                door.submit(fromFlags());
            } else {
                submitLines(System.in, door, tally);
            }
        }
        return tally.finish() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Map<String, String> headers() {
        String wellFormed = Traceparent.orNull(traceparent == null ? System.getenv("TRACEPARENT") : traceparent);
        if (traceparent != null && wellFormed == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--traceparent: " + traceparent
                            + " (expected: W3C trace context, as in "
                            + "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01)");
        }
        return wellFormed == null ? Map.of() : Map.of(Traceparent.HEADER, wellFormed);
    }

    private Item fromFlags() {
        try {
            byte[] json = flags.toJson(Lines.MAX_LINE_BYTES);
            return new Item(0, new TaskReader(Lines.MAX_LINE_BYTES).read(json), json);
        } catch (InvalidTask e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void submitLines(InputStream in, Door door, Tally tally) throws IOException {
        if (Terminal.isInteractive()) {
            output.warn("Reading tasks from standard input, one JSON object a line (Ctrl-D ends; --help shows flags).");
        }
        Lines lines = new Lines(new BufferedInputStream(in), (line, fault) -> tally.refused(line, fault.getMessage()));
        for (Item item = lines.next(); item != null; item = lines.next()) {
            door.submit(item);
        }
    }
}
