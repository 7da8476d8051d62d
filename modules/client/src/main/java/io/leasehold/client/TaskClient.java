package io.leasehold.client;

import io.leasehold.api.CancelAnswer;
import io.leasehold.api.InvalidTask;
import io.leasehold.api.Limits;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Routes;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.TaskId;
import io.leasehold.api.TaskRequest;
import io.leasehold.api.TaskView;
import io.leasehold.api.Traceparent;
import io.leasehold.client.logic.Chance;
import io.leasehold.client.transport.Transport;
import io.leasehold.client.transport.VertxTransport;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Submits, reads and cancels tasks over HTTP. Safe for any thread.
 *
 * <p>A call is repeated, at one coordinator after the other, until there is a definite answer or 30 s are over. A task
 * without an id is given a random one first, so that repeating it cannot make two of it; {@code duplicate} in an answer
 * may therefore be an echo of the client's own repetition.
 */
public final class TaskClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** The service knows the real limit; this one only keeps a mistake from filling the network. */
    private static final int MOST_TASK_BYTES = 16 * 1024 * 1024;

    private final Calls calls;
    private final PayloadCodec codec;

    private TaskClient(Calls calls, PayloadCodec codec) {
        this.calls = calls;
        this.codec = codec;
    }

    /** @param url any coordinator, for example {@code http://localhost:8470} */
    public static TaskClient create(String url, String... more) {
        return create(new VertxTransport(), PayloadCodec.jackson(), TIMEOUT, url, more);
    }

    /** @param transport closed with the client */
    public static TaskClient create(
            Transport transport, PayloadCodec codec, Duration timeout, String url, String... more) {
        Chance chance = new SecureRandom()::nextDouble;
        return new TaskClient(new Calls(transport, Urls.checked(url, more), timeout.toMillis(), chance), codec);
    }

    /**
     * Returns once the task is durable.
     *
     * @throws LeaseholdException if it was refused, or nobody answered
     * @throws IllegalArgumentException if the task breaks a rule; nothing was sent
     */
    public SubmitAnswer submit(TaskRequest task) {
        return Calls.join(submitAsync(task));
    }

    public CompletableFuture<SubmitAnswer> submitAsync(TaskRequest task) {
        byte[] json = json(task);
        Map<String, String> headers =
                task.traceparent() == null ? Map.of() : Map.of(Traceparent.HEADER, task.traceparent());
        return calls.call("POST", Routes.TASKS, json, headers).thenApply(body -> Calls.read(body, SubmitAnswer.class));
    }

    /**
     * Submits up to 1,000 tasks in one request. Trace contexts are not sent.
     *
     * @return one answer for each task, in order; a task that was refused has an {@code error}
     */
    public List<SubmitAnswer> submitAll(List<TaskRequest> tasks) {
        return Calls.join(submitAllAsync(tasks));
    }

    public CompletableFuture<List<SubmitAnswer>> submitAllAsync(List<TaskRequest> tasks) {
        if (tasks.isEmpty() || tasks.size() > Limits.MAX_TASKS_PER_SUBMIT) {
            throw new IllegalArgumentException(
                    "tasks: " + tasks.size() + " (expected: from 1 to " + Limits.MAX_TASKS_PER_SUBMIT + ")");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (TaskRequest task : tasks) {
            body.write(body.size() == 0 ? '[' : ',');
            body.writeBytes(json(task));
        }
        body.write(']');
        return calls.call("POST", Routes.TASKS, body.toByteArray(), Map.of())
                .thenApply(bytes -> List.of(Calls.read(bytes, SubmitAnswer[].class)));
    }

    /** The task as it is now, or empty if there is none of this id. */
    public Optional<TaskView> get(String id) {
        return Calls.join(getAsync(id));
    }

    public CompletableFuture<Optional<TaskView>> getAsync(String id) {
        return calls.call("GET", Routes.task(id), null, TaskView.class).handle((view, error) -> {
            if (error == null) {
                return Optional.of(view);
            }
            Throwable cause = error.getCause() == null ? error : error.getCause();
            if (cause instanceof LeaseholdException e && e.is(ProblemCode.UNKNOWN_TASK.word())) {
                return Optional.empty();
            }
            throw cause instanceof RuntimeException e ? e : new LeaseholdException(cause.toString(), cause);
        });
    }

    /**
     * Cancels a task that has not ended; a worker that runs it is told with its next heartbeat.
     *
     * @throws LeaseholdException {@code unknown-task}, {@code task-ended}, or nobody answered
     */
    public CancelAnswer cancel(String id) {
        return Calls.join(cancelAsync(id));
    }

    public CompletableFuture<CancelAnswer> cancelAsync(String id) {
        return calls.call("DELETE", Routes.task(id), null, CancelAnswer.class);
    }

    @Override
    public void close() {
        calls.close();
    }

    private byte[] json(TaskRequest task) {
        if (task.id() == null) {
            task.id(TaskId.random().value());
        }
        try {
            return task.toJson(codec, MOST_TASK_BYTES);
        } catch (InvalidTask e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
