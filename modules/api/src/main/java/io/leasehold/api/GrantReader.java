package io.leasehold.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Reads the grants of a poll's answer, cutting payloads out of the body. */
final class GrantReader {
    private static final byte[] NOTHING = {};

    private final JsonParser in;
    private final byte[] body;

    GrantReader(JsonParser in, byte[] body) {
        this.in = in;
        this.body = body;
    }

    void readAll(List<Grant> grants) throws IOException {
        require(in.currentToken(), JsonToken.START_ARRAY, in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken(), JsonToken.START_OBJECT, in);
            grants.add(readGrant());
        }
    }

    private Grant readGrant() throws IOException {
        GrantedTask task = null;
        String lease = null;
        long fence = 0;
        int attempt = 0;
        long leaseMs = 0;
        long decidedAfterMs = 0;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "task" -> task = readTask();
                case "lease" -> lease = in.getText();
                case "fence" -> fence = in.getLongValue();
                case "attempt" -> attempt = in.getIntValue();
                case "leaseMs" -> leaseMs = in.getLongValue();
                case "decidedAfterMs" -> decidedAfterMs = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        if (task == null || lease == null || leaseMs <= 0) {
            throw new JsonParseException(in, "a grant without task, lease or leaseMs");
        }
        return new Grant(task, lease, fence, attempt, leaseMs, decidedAfterMs);
    }

    private GrantedTask readTask() throws IOException {
        require(in.currentToken(), JsonToken.START_OBJECT, in);
        String id = null;
        String queue = null;
        String type = null;
        int priority = 0;
        Long deadline = null;
        int maxAttempts = 0;
        byte[] payload = NOTHING;
        String traceparent = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "id" -> id = in.getText();
                case "queue" -> queue = in.getText();
                case "type" -> type = in.getText();
                case "priority" -> priority = in.getIntValue();
                case "deadline" -> deadline = in.getLongValue();
                case "maxAttempts" -> maxAttempts = in.getIntValue();
                case "payload" -> payload = RawValues.cut(in, body, 0);
                case "traceparent" -> traceparent = in.getText();
                default -> in.skipChildren();
            }
        }
        if (id == null || queue == null) {
            throw new JsonParseException(in, "a granted task without id or queue");
        }
        return new GrantedTask(id, queue, type, priority, deadline, maxAttempts, payload, traceparent);
    }

    static void require(JsonToken found, JsonToken expected, JsonParser in) throws IOException {
        if (found != expected) {
            throw new JsonParseException(in, "found " + found + ", expected " + expected);
        }
    }
}
