package io.leasehold.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A task to be submitted, over Kafka or HTTP alike. What is not set has the service's default. Not thread-safe while it is
 * built. Values are checked when it is written, by the same rules that the service applies.
 */
public final class TaskRequest {
    private static final byte[] NOTHING = {};

    final String queue;
    final String type;
    final Object payload;
    String id;
    Integer priority;
    Instant deadline;
    Instant notBefore;
    Duration delay;
    Integer maxAttempts;
    Duration lease;
    Backoff backoff;
    private String traceparent;

    record Backoff(Duration initial, double multiplier, Duration max) {}

    TaskRequest(String queue, String type, Object payload) {
        this.queue = queue;
        this.type = type;
        this.payload = payload;
    }

    /** Names the task, so that submitting it again changes nothing. Without it an id is assigned. */
    public TaskRequest id(String id) {
        this.id = id;
        return this;
    }

    /** Higher runs first; 0 unless set. */
    public TaskRequest priority(int priority) {
        this.priority = priority;
        return this;
    }

    /** The task must not start after this; if it cannot start in time, it ends expired. */
    public TaskRequest deadline(Instant deadline) {
        this.deadline = deadline;
        return this;
    }

    /** The task must not start before this. Not together with {@link #delay}. */
    public TaskRequest notBefore(Instant notBefore) {
        this.notBefore = notBefore;
        return this;
    }

    /** Another name for {@link #notBefore}. */
    public TaskRequest runAt(Instant time) {
        return notBefore(time);
    }

    /** The task must not start until this long after it arrived. */
    public TaskRequest delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    /** How many failures end the task dead; 5 unless set. */
    public TaskRequest maxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
        return this;
    }

    /** How long a worker may hold the task without a heartbeat; 30 s unless set. */
    public TaskRequest lease(Duration lease) {
        this.lease = lease;
        return this;
    }

    /** How long to wait after a failure: {@code initial * multiplier^(failures - 1)}, at most {@code max}. */
    public TaskRequest backoff(Duration initial, double multiplier, Duration max) {
        this.backoff = new Backoff(initial, multiplier, max);
        return this;
    }

    /** The W3C trace context in which the worker runs the task; a malformed one is left out. */
    public TaskRequest traceparent(String traceparent) {
        this.traceparent = Traceparent.orNull(traceparent);
        return this;
    }

    /** The id that was set, or null. */
    public String id() {
        return id;
    }

    /** The trace context that was set, or null. It travels as a header beside the task. */
    public String traceparent() {
        return traceparent;
    }

    /**
     * The task as the service reads it, id included if there is one.
     *
     * @param maxTaskBytes how large it may become
     * @throws InvalidTask if the service would refuse it
     * @throws IllegalArgumentException if the codec cannot write the payload
     */
    public byte[] toJson(PayloadCodec codec, int maxTaskBytes) throws InvalidTask {
        byte[] value = payload == null ? NOTHING : encoded(codec);
        byte[] json = TaskRequestWriter.write(this, id, value);
        checkPayload(new TaskReader(maxTaskBytes).read(json), value);
        return json;
    }

    /**
     * The task as the value of a record in the inbox, whose key is the id.
     *
     * @param key the id, whether it was set here or not
     * @throws InvalidTask as {@link #toJson}
     */
    public byte[] toRecordValue(TaskId key, PayloadCodec codec, int maxTaskBytes) throws InvalidTask {
        byte[] value = payload == null ? NOTHING : encoded(codec);
        byte[] json = TaskRequestWriter.write(this, null, value);
        byte[] keyBytes = key.value().getBytes(StandardCharsets.UTF_8);
        checkPayload(new TaskReader(maxTaskBytes).readRecord(keyBytes, json), value);
        return json;
    }

    /** A payload that is more than one value could bring fields of its own. */
    private static void checkPayload(TaskSpec read, byte[] value) throws InvalidTask {
        if (!Arrays.equals(read.payload(), value)) {
            throw new InvalidTask("payload", new String(value, StandardCharsets.UTF_8), "one JSON value");
        }
    }

    private byte[] encoded(PayloadCodec codec) {
        return payload instanceof RawJson raw
                ? raw.toString().strip().getBytes(StandardCharsets.UTF_8)
                : codec.encode(payload);
    }
}
