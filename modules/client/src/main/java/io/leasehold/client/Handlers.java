package io.leasehold.client;

import io.leasehold.api.Grant;
import io.leasehold.api.Limits;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.RawJson;
import io.leasehold.api.Traceparent;
import io.leasehold.client.logic.TaskResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Finds the handler of a task, runs it, and says what it made of the task. Safe for any thread. */
final class Handlers {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);

    /** Enough for the beginning of a stack trace; at most 4 bytes a character, it is within the service's limit. */
    private static final int MOST_ERROR_CHARS = 4_000;

    /** Causes may form a ring. */
    private static final int MOST_CAUSES = 32;

    /** OpenTelemetry's name for it in the context of log lines. */
    private static final String TRACE_ID = "trace_id";

    record Typed<I>(Class<I> type, TaskHandler<I> handler) {
        Object handle(TaskContext task, byte[] payload, PayloadCodec codec) throws Exception {
            return handler.handle(task, payload.length == 0 ? null : codec.decode(payload, type));
        }
    }

    private final Map<String, Typed<?>> byType;
    private final RawTaskHandler any;
    private final PayloadCodec codec;

    /** @param any for tasks of other types, or null */
    Handlers(Map<String, Typed<?>> byType, RawTaskHandler any, PayloadCodec codec) {
        this.byType = Map.copyOf(byType);
        this.any = any;
        this.codec = codec;
    }

    /**
     * Runs the task to its end; whatever the handler throws is part of the answer. What is logged on this thread meanwhile
     * carries the task's trace id, if it has one, as {@code trace_id}.
     */
    TaskResult run(TaskContext task, Grant grant) {
        String traceparent = Traceparent.orNull(task.traceparent());
        if (traceparent == null) {
            return outcome(task, grant);
        }
        try (MDC.MDCCloseable context = MDC.putCloseable(TRACE_ID, Traceparent.traceId(traceparent))) {
            return outcome(task, grant);
        }
    }

    private TaskResult outcome(TaskContext task, Grant grant) {
        try {
            return succeeded(handle(task, grant));
        } catch (TaskStopped e) {
            return TaskResult.release();
        } catch (TaskFailure e) {
            return TaskResult.failure(shortened(String.valueOf(e.getMessage())), e.isRetryable(), e.retryAfterMs());
        } catch (Throwable e) {
            return wasStopped(task, e) ? TaskResult.release() : TaskResult.failure(shortened(traceOf(e)), true, null);
        }
    }

    /**
     * Whether the handler ended because it had to: with {@link TaskStopped} in the middle of its causes, or with whatever came
     * of being interrupted or of what {@link TaskContext#onMustStop} did. The task has done nothing wrong, so its attempt must
     * not count. What the handler says on purpose, by a {@link TaskFailure}, stands.
     */
    private static boolean wasStopped(TaskContext task, Throwable thrown) {
        boolean stopped = task.mustStop();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && !stopped && depth < MOST_CAUSES; depth++) {
            stopped = cause instanceof TaskStopped;
            cause = cause.getCause();
        }
        if (stopped) {
            LOG.info("Task {} had to stop and is given back; its handler ended with {}", task.id(), thrown.toString());
        }
        return stopped;
    }

    private Object handle(TaskContext task, Grant grant) throws Exception {
        Typed<?> typed = task.type() == null ? null : byType.get(task.type());
        if (typed != null) {
            return typed.handle(task, grant.task().payload(), codec);
        }
        if (any != null) {
            return any.handle(task, grant.task().payload());
        }
        throw new IllegalStateException("type: " + task.type() + " (expected: one that this worker has a handler for: "
                + new TreeSet<>(byType.keySet()) + ")");
    }

    private TaskResult succeeded(Object result) {
        if (result == null) {
            return TaskResult.success(null);
        }
        RawJson json = result instanceof RawJson raw ? raw : new RawJson(codec.encode(result));
        if (json.utf8().length > Limits.MAX_RESULT_BYTES) {
            return TaskResult.failure(
                    "result: " + json.utf8().length + " bytes (expected: at most " + Limits.MAX_RESULT_BYTES
                            + " bytes)",
                    false,
                    null);
        }
        if (!json.isValid()) {
            return TaskResult.failure("result: not one JSON value (expected: JSON within the limits)", false, null);
        }
        return TaskResult.success(json);
    }

    private static String traceOf(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }

    /** Never half of a pair of surrogates, which could not be written as UTF-8. */
    private static String shortened(String text) {
        if (text.length() <= MOST_ERROR_CHARS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_ERROR_CHARS - 1));
        return text.substring(0, splitsPair ? MOST_ERROR_CHARS - 1 : MOST_ERROR_CHARS) + "...";
    }
}
