package io.leasehold.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads answers to polls as streams: payloads are copied as bytes, never parsed. */
public final class PollAnswers {
    private PollAnswers() {}

    public static byte[] write(PollAnswer answer) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator out = Json.answerFactory().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("leases");
            for (Grant grant : answer.leases()) {
                write(grant, out);
            }
            out.writeEndArray();
            writeIfSet(out, "see", answer.see());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads an answer; fields it does not know are skipped.
     *
     * @throws UncheckedIOException if it is not the expected JSON
     */
    public static PollAnswer read(byte[] body) {
        List<Grant> leases = new ArrayList<>();
        String see = null;
        try (JsonParser in = Json.answerFactory().createParser(body)) {
            GrantReader grants = new GrantReader(in, body);
            GrantReader.require(in.nextToken(), JsonToken.START_OBJECT, in);
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String field = in.currentName();
                in.nextToken();
                switch (field) {
                    case "leases" -> grants.readAll(leases);
                    case "see" -> see = in.getValueAsString();
                    default -> in.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PollAnswer(List.copyOf(leases), see);
    }

    private static void write(Grant grant, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeTask(grant.task(), out);
        out.writeStringField("lease", grant.lease());
        out.writeNumberField("fence", grant.fence());
        out.writeNumberField("attempt", grant.attempt());
        out.writeNumberField("leaseMs", grant.leaseMs());
        out.writeNumberField("decidedAfterMs", grant.decidedAfterMs());
        out.writeEndObject();
    }

    private static void writeTask(GrantedTask task, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("task");
        out.writeStringField("id", task.id());
        out.writeStringField("queue", task.queue());
        writeIfSet(out, "type", task.type());
        out.writeNumberField("priority", task.priority());
        if (task.deadline() != null) {
            out.writeNumberField("deadline", task.deadline());
        }
        out.writeNumberField("maxAttempts", task.maxAttempts());
        writeIfSet(out, "traceparent", task.traceparent());
        if (task.payload().length > 0) {
            out.writeFieldName("payload");
            out.writeRawValue(new RawBytes(task.payload()));
        }
        out.writeEndObject();
    }

    private static void writeIfSet(JsonGenerator out, String field, String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }
}
