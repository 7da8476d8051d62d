package io.leasehold.cli.submit;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.RawJson;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One task, as flags. */
final class TaskFlags {
    @Option(names = "--id", paramLabel = "ID", description = "Its id; submitting it again changes nothing.")
    private String id;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Where it waits (default: default).")
    private String queue;

    @Option(names = "--type", paramLabel = "TYPE", description = "Which handler runs it.")
    private String type;

    @Option(names = "--priority", paramLabel = "N", description = "Higher runs first (default: 0).")
    private Integer priority;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationText.Moment.class,
            description = "It must not start after this: 2026-12-24T18:00:00Z, epoch milliseconds, or +5m from now.")
    private Instant deadline;

    @ArgGroup
    private Start start;

    @Option(names = "--max-attempts", paramLabel = "N", description = "So many failures end it dead (default: 5).")
    private Integer maxAttempts;

    @Option(
            names = "--lease",
            paramLabel = "SPAN",
            converter = DurationText.Span.class,
            description = "How long a worker may be silent: 30s, 5m (default: 30s).")
    private Duration lease;

    @ArgGroup
    private Payload payload;

    static final class Start {
        @Option(
                names = "--delay",
                paramLabel = "SPAN",
                converter = DurationText.Span.class,
                description = "It must not start before so long: 90s, 5m, 2h.")
        private Duration delay;

        @Option(
                names = "--not-before",
                paramLabel = "TIME",
                converter = DurationText.Moment.class,
                description = "It must not start before this moment.")
        private Instant notBefore;
    }

    static final class Payload {
        @Option(names = "--payload", paramLabel = "JSON", description = "What the worker is given, any JSON.")
        private String json;

        @Option(names = "--payload-file", paramLabel = "FILE", description = "The same, out of a file.")
        private Path file;
    }

    /** Whether any flag was given. */
    boolean isGiven() {
        Object[] all = {id, queue, type, priority, deadline, start, maxAttempts, lease, payload};
        for (Object each : all) {
            if (each != null) {
                return true;
            }
        }
        return false;
    }

    /** The task as JSON. */
    byte[] toJson(int maxTaskBytes) throws InvalidTask {
        TaskRequest task = type == null ? Task.of(queue, payload()) : Task.of(queue, type, payload());
        if (priority != null) {
            task.priority(priority);
        }
        if (maxAttempts != null) {
            task.maxAttempts(maxAttempts);
        }
        if (start != null) {
            task.delay(start.delay).notBefore(start.notBefore);
        }
        return task.id(id).deadline(deadline).lease(lease).toJson(PayloadCodec.jackson(), maxTaskBytes);
    }

    private RawJson payload() {
        if (payload == null) {
            return null;
        }
        if (payload.json != null) {
            return RawJson.of(payload.json);
        }
        try {
            return RawJson.of(Files.readString(payload.file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Failure(
                    "--payload-file: " + payload.file + " (expected: a readable file in UTF-8; " + e + ")", e);
        }
    }
}
