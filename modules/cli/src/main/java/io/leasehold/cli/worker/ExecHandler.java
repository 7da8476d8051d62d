package io.leasehold.cli.worker;

import io.leasehold.api.Limits;
import io.leasehold.api.RawJson;
import io.leasehold.client.RawTaskHandler;
import io.leasehold.client.TaskContext;
import io.leasehold.client.TaskFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command for each task and reads its outcome off the exit code. Several tasks may run at once. */
final class ExecHandler implements RawTaskHandler {
    /** {@code EX_TEMPFAIL} of {@code sysexits.h}. */
    static final int RETRY_LATER = 75;

    private static final Logger LOG = LoggerFactory.getLogger(ExecHandler.class);

    private final String text;
    private final Duration retryAfter;

    /** @param retryAfter when a task is tried again whose command asked for later */
    ExecHandler(String text, Duration retryAfter) {
        this.text = text;
        this.retryAfter = retryAfter;
    }

    @Override
    public Object handle(TaskContext task, byte[] payload) throws IOException, InterruptedException {
        Command command = Command.start(text, environment(task));
        task.onMustStop(() -> killElsewhere(command, task.id()));
        try {
            Command.Ended ended = command.run(payload);
            task.throwIfCancelled();
            LOG.info("Task {} attempt {}: exit code {}", task.id(), task.attempt(), ended.exitCode());
            return result(ended);
        } catch (InterruptedException e) {
            command.kill();
            throw e;
        }
    }

    private RawJson result(Command.Ended ended) {
        if (ended.exitCode() == RETRY_LATER) {
            throw TaskFailure.retryAfter(retryAfter, failure(ended));
        }
        if (ended.exitCode() != 0) {
            throw new CommandFailed(failure(ended));
        }
        byte[] json = ended.overflowed() ? null : ResultJson.of(ended.output());
        if (ended.overflowed() || json != null && json.length > Limits.MAX_RESULT_BYTES) {
            throw TaskFailure.permanent(
                    "standard output: more than " + Limits.MAX_RESULT_BYTES
                            + " bytes (expected: a result up to that; print where a larger one lies, and logs to standard error)");
        }
        return RawJson.orNull(json);
    }

    private static String failure(Command.Ended ended) {
        String tail = ended.errorTail();
        return "exit code " + ended.exitCode() + (tail.isEmpty() ? "" : ": " + tail);
    }

    private static Map<String, String> environment(TaskContext task) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LEASEHOLD_ID", task.id());
        environment.put("LEASEHOLD_ATTEMPT", Integer.toString(task.attempt()));
        environment.put("LEASEHOLD_FENCE", Long.toString(task.fence()));
        environment.put("LEASEHOLD_QUEUE", task.queue());
        environment.put("LEASEHOLD_TYPE", task.type() == null ? "" : task.type());
        if (task.traceparent() != null) {
            environment.put("TRACEPARENT", task.traceparent());
        }
        return environment;
    }

    /** The thread that tells of a lost lease renews the other tasks' leases too, and must not wait for a dying command. */
    private static void killElsewhere(Command command, String id) {
        LOG.warn("Task {} must stop: killing its command", id);
        Thread thread = new Thread(command::kill, "kill " + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** The command's exit code was neither success nor "later"; the task's own backoff says when it is tried again. */
    static final class CommandFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CommandFailed(String message) {
            super(message, null, false, false);
        }

        /** What the task shows as its error: the class says nothing to who wrote the command. */
        @Override
        public String toString() {
            return getMessage();
        }
    }
}
