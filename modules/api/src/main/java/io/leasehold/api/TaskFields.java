package io.leasehold.api;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The fields of one task while it is read, beginning with their defaults. */
final class TaskFields {
    private static final String KNOWN =
            "id, queue, type, priority, deadline, notBefore, delayMs, payload, maxAttempts, " + "leaseMs, backoff";
    private static final byte[] NOTHING = {};

    private String id;
    private String queue = Limits.DEFAULT_QUEUE;
    private String type;
    private int priority = Limits.DEFAULT_PRIORITY;
    private Long deadlineMs;
    private Long notBeforeMs;
    private Long delayMs;
    private byte[] payload = NOTHING;
    private int maxAttempts = Limits.DEFAULT_ATTEMPTS;
    private long leaseMs = Limits.DEFAULT_LEASE_MS;
    private BackoffSpec backoff = BackoffSpec.DEFAULT;

    /** Reads up to and including the object's end; the reader stands on its start. */
    void readAll(FieldReader in) throws IOException, InvalidTask {
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            read(field, in);
        }
    }

    private void read(String field, FieldReader in) throws IOException, InvalidTask {
        switch (field) {
            case "id" -> id = in.userId(field);
            case "queue" -> queue = in.printable(field);
            case "type" -> type = in.printable(field);
            case "priority" -> priority = (int) in.integer(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "deadline" -> deadlineMs = in.time(field);
            case "notBefore" -> notBeforeMs = in.time(field);
            case "delayMs" -> delayMs = in.integer(field, 0, Limits.MAX_DELAY_MS);
            case "payload" -> payload = in.raw();
            case "maxAttempts" -> maxAttempts = (int) in.integer(field, Limits.MIN_ATTEMPTS, Limits.MAX_ATTEMPTS);
            case "leaseMs" -> leaseMs = in.integer(field, Limits.MIN_LEASE_MS, Limits.MAX_LEASE_MS);
            case "backoff" -> backoff = BackoffFields.read(in);
            case "group", "labels" ->
                throw new InvalidTask(field, in.shown(), "no such field: it is reserved for later");
            default -> throw new InvalidTask(field, in.shown(), "no such field; known are " + KNOWN);
        }
    }

    TaskSpec toTask() throws InvalidTask {
        if (delayMs != null && notBeforeMs != null) {
            throw new InvalidTask("delayMs", delayMs.toString(), "only one of delayMs and notBefore");
        }
        if (deadlineMs != null && notBeforeMs != null && deadlineMs < notBeforeMs) {
            throw new InvalidTask("deadline", deadlineMs.toString(), "not before notBefore, which is " + notBeforeMs);
        }
        long delay = delayMs == null ? 0 : delayMs;
        return new TaskSpec(
                id,
                queue,
                type,
                priority,
                deadlineMs,
                notBeforeMs,
                delay,
                payload,
                maxAttempts,
                leaseMs,
                backoff,
                null);
    }
}
