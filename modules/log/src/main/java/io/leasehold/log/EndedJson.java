package io.leasehold.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.leasehold.coordinator.port.EndedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An end as the world reads it: one JSON object. */
final class EndedJson {
    private static final JsonFactory JSON = new JsonFactory();

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
        json.writeStringField("id", end.id());
        json.writeStringField("queue", end.queue());
        if (end.type() != null) {
            json.writeStringField("type", end.type());
        }
        json.writeNumberField("priority", end.priority());
    }

    private static void outcome(JsonGenerator json, EndedTask end) throws IOException {
        json.writeStringField("state", end.state().word());
        json.writeStringField("cause", end.cause().word());
        json.writeNumberField("attempt", end.attempt());
        json.writeNumberField("failures", end.failures());
        json.writeNumberField("expiries", end.expiries());
        json.writeNumberField("endedMs", end.endedMs());
        json.writeBooleanField("late", end.late());
        if (end.result().length > 0) {
            json.writeFieldName("result");
            json.writeRawValue(new String(end.result(), StandardCharsets.UTF_8));
        }
        if (end.error() != null) {
            json.writeStringField("error", end.error());
        }
    }
}
