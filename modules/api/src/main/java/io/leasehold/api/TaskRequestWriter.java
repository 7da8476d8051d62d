package io.leasehold.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/** Writes a request as the JSON that {@link TaskReader} reads; unset fields are left out. */
final class TaskRequestWriter {
    private TaskRequestWriter() {}

    /**
     * @param id or null for none
     * @param payload one JSON value; empty for none
     */
    static byte[] write(TaskRequest task, String id, byte[] payload) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonGenerator out = Json.answerFactory().createGenerator(bytes)) {
            out.writeStartObject();
            text(out, "id", id);
            text(out, "queue", task.queue);
            text(out, "type", task.type);
            number(out, "priority", task.priority);
            number(out, "deadline", millis(task.deadline));
            number(out, "notBefore", millis(task.notBefore));
            number(out, "delayMs", millis(task.delay));
            number(out, "maxAttempts", task.maxAttempts);
            number(out, "leaseMs", millis(task.lease));
            backoff(out, task.backoff);
            if (payload.length > 0) {
                out.writeFieldName("payload");
                out.writeRawValue(new RawBytes(payload));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Long millis(Duration duration) {
        if (duration == null) {
            return null;
        }
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Long millis(Instant time) {
        if (time == null) {
            return null;
        }
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static void backoff(JsonGenerator out, TaskRequest.Backoff backoff) throws IOException {
        if (backoff != null) {
            out.writeObjectFieldStart("backoff");
            out.writeNumberField("initialMs", millis(backoff.initial()));
            out.writeNumberField("multiplier", backoff.multiplier());
            out.writeNumberField("maxMs", millis(backoff.max()));
            out.writeEndObject();
        }
    }

    private static void text(JsonGenerator out, String field, String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    private static void number(JsonGenerator out, String field, Number value) throws IOException {
        if (value != null) {
            out.writeNumberField(field, value.longValue());
        }
    }
}
