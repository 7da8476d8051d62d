package io.leasehold.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads answers to polls as streams: payloads are copied as bytes, never parsed. */
public final class PollAnswers {
    /** Names of fields, spelled once and for all. */
    private static final SerializableString LEASES = new SerializedString("leases");

    private static final SerializableString SEE = new SerializedString("see");
    private static final SerializableString MAP = new SerializedString("map");
    private static final SerializableString TASK = new SerializedString("task");
    private static final SerializableString LEASE = new SerializedString("lease");
    private static final SerializableString FENCE = new SerializedString("fence");
    private static final SerializableString ATTEMPT = new SerializedString("attempt");
    private static final SerializableString LEASE_MS = new SerializedString("leaseMs");
    private static final SerializableString DECIDED_AFTER_MS = new SerializedString("decidedAfterMs");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString QUEUE = new SerializedString("queue");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString PRIORITY = new SerializedString("priority");
    private static final SerializableString DEADLINE = new SerializedString("deadline");
    private static final SerializableString MAX_ATTEMPTS = new SerializedString("maxAttempts");
    private static final SerializableString TRACEPARENT = new SerializedString("traceparent");
    private static final SerializableString PAYLOAD = new SerializedString("payload");

    private PollAnswers() {}

    public static byte[] write(PollAnswer answer) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator out = Json.answerFactory().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeFieldName(LEASES);
            out.writeStartArray();
            for (Grant grant : answer.leases()) {
                write(grant, out);
            }
            out.writeEndArray();
            writeIfSet(out, SEE, answer.see());
            writeIfSet(out, MAP, answer.map());
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
        String map = null;
        try (JsonParser in = Json.answerFactory().createParser(body)) {
            GrantReader grants = new GrantReader(in, body);
            GrantReader.require(in.nextToken(), JsonToken.START_OBJECT, in);
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String field = in.currentName();
                in.nextToken();
                switch (field) {
                    case "leases" -> grants.readAll(leases);
                    case "see" -> see = in.getValueAsString();
                    case "map" -> map = in.getValueAsString();
                    default -> in.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PollAnswer(List.copyOf(leases), see, map);
    }

    private static void write(Grant grant, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeTask(grant.task(), out);
        out.writeFieldName(LEASE);
        out.writeString(grant.lease());
        out.writeFieldName(FENCE);
        out.writeNumber(grant.fence());
        out.writeFieldName(ATTEMPT);
        out.writeNumber(grant.attempt());
        out.writeFieldName(LEASE_MS);
        out.writeNumber(grant.leaseMs());
        out.writeFieldName(DECIDED_AFTER_MS);
        out.writeNumber(grant.decidedAfterMs());
        out.writeEndObject();
    }

    private static void writeTask(GrantedTask task, JsonGenerator out) throws IOException {
        out.writeFieldName(TASK);
        out.writeStartObject();
        out.writeFieldName(ID);
        out.writeString(task.id());
        out.writeFieldName(QUEUE);
        out.writeString(task.queue());
        writeIfSet(out, TYPE, task.type());
        out.writeFieldName(PRIORITY);
        out.writeNumber(task.priority());
        if (task.deadline() != null) {
            out.writeFieldName(DEADLINE);
            out.writeNumber(task.deadline());
        }
        out.writeFieldName(MAX_ATTEMPTS);
        out.writeNumber(task.maxAttempts());
        writeIfSet(out, TRACEPARENT, task.traceparent());
        if (task.payload().length > 0) {
            out.writeFieldName(PAYLOAD);
            out.writeRawValue(new RawBytes(task.payload()));
        }
        out.writeEndObject();
    }

    private static void writeIfSet(JsonGenerator out, SerializableString field, String value) throws IOException {
        if (value != null) {
            out.writeFieldName(field);
            out.writeString(value);
        }
    }
}
