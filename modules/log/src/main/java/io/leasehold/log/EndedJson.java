package io.leasehold.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.leasehold.coordinator.port.EndedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An end as the world reads it: one JSON object. */
final class EndedJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString QUEUE = new SerializedString("queue");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString PRIORITY = new SerializedString("priority");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString CAUSE = new SerializedString("cause");
    private static final SerializableString ATTEMPT = new SerializedString("attempt");
    private static final SerializableString FAILURES = new SerializedString("failures");
    private static final SerializableString EXPIRIES = new SerializedString("expiries");
    private static final SerializableString ENDED_MS = new SerializedString("endedMs");
    private static final SerializableString LATE = new SerializedString("late");
    private static final SerializableString RESULT = new SerializedString("result");
    private static final SerializableString ERROR = new SerializedString("error");

    private EndedJson() {}

    static byte[] of(EndedTask end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + end.result().length);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            task(json, end);
            outcome(json, end);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void task(JsonGenerator json, EndedTask end) throws IOException {
        json.writeFieldName(ID);
        json.writeString(end.id());
        json.writeFieldName(QUEUE);
        json.writeString(end.queue());
        if (end.type() != null) {
            json.writeFieldName(TYPE);
            json.writeString(end.type());
        }
        json.writeFieldName(PRIORITY);
        json.writeNumber(end.priority());
    }

    private static void outcome(JsonGenerator json, EndedTask end) throws IOException {
        json.writeFieldName(STATE);
        json.writeString(end.state().word());
        json.writeFieldName(CAUSE);
        json.writeString(end.cause().word());
        json.writeFieldName(ATTEMPT);
        json.writeNumber(end.attempt());
        json.writeFieldName(FAILURES);
        json.writeNumber(end.failures());
        json.writeFieldName(EXPIRIES);
        json.writeNumber(end.expiries());
        json.writeFieldName(ENDED_MS);
        json.writeNumber(end.endedMs());
        json.writeFieldName(LATE);
        json.writeBoolean(end.late());
        if (end.result().length > 0) {
            json.writeFieldName(RESULT);
            json.writeRawValue(new String(end.result(), StandardCharsets.UTF_8));
        }
        if (end.error() != null) {
            json.writeFieldName(ERROR);
            json.writeString(end.error());
        }
    }
}
