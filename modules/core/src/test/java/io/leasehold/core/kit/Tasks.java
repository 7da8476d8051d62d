package io.leasehold.core.kit;

import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Task;
import java.nio.charset.StandardCharsets;

/** Builds tasks for tests: what is not said is plain. */
public final class Tasks {
    private final String id;
    private String queue = "default";
    private String type;
    private int priority;
    private long deadlineMs = Task.NO_DEADLINE;
    private long notBeforeMs;
    private byte[] payload = bytes("{\"n\":1}");
    private int maxAttempts = 5;
    private long leaseMs = 30_000;
    private Backoff backoff = Backoff.DEFAULT;
    private String traceparent;

    private Tasks(String id) {
        this.id = id;
    }

    public static Tasks id(String id) {
        return new Tasks(id);
    }

    public static Task plain(String id) {
        return id(id).task();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Tasks queue(String queue) {
        this.queue = queue;
        return this;
    }

    public Tasks type(String type) {
        this.type = type;
        return this;
    }

    public Tasks priority(int priority) {
        this.priority = priority;
        return this;
    }

    public Tasks deadline(long deadlineMs) {
        this.deadlineMs = deadlineMs;
        return this;
    }

    public Tasks notBefore(long notBeforeMs) {
        this.notBeforeMs = notBeforeMs;
        return this;
    }

    public Tasks payload(byte[] payload) {
        this.payload = payload;
        return this;
    }

    public Tasks maxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
        return this;
    }

    public Tasks leaseMs(long leaseMs) {
        this.leaseMs = leaseMs;
        return this;
    }

    public Tasks backoff(long initialMs, double multiplier, long maxMs) {
        this.backoff = new Backoff(initialMs, multiplier, maxMs);
        return this;
    }

    public Tasks traceparent(String traceparent) {
        this.traceparent = traceparent;
        return this;
    }

    public Task task() {
        return new Task(
                id,
                queue,
                type,
                priority,
                deadlineMs,
                notBeforeMs,
                payload,
                maxAttempts,
                leaseMs,
                backoff,
                traceparent);
    }
}
