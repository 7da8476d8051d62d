package io.leasehold.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.io.IOException;
import java.util.Map;

/** Reads {@code {"payload": …, "delayMs": …}}; some words in the place of JSON make it fail in other ways. */
final class TaskReader implements SubmissionReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Submission read(String id, byte[] value, Map<String, byte[]> headers) throws InvalidSubmission {
        String text = new String(value, java.nio.charset.StandardCharsets.UTF_8);
        if (text.equals("boom")) {
            throw new IllegalStateException("boom");
        }
        if (text.equals("deep")) {
            return deeper(id, value, headers);
        }
        try {
            JsonNode json = JSON.readTree(value);
            String trace = headers.containsKey("traceparent") ? new String(headers.get("traceparent")) : null;
            return new Submission(
                    task(id, json.path("payload").toString(), trace),
                    json.path("delayMs").asLong());
        } catch (IOException e) {
            throw new InvalidSubmission("task: no JSON (expected: a task as JSON)");
        }
    }

    private Submission deeper(String id, byte[] value, Map<String, byte[]> headers) throws InvalidSubmission {
        return deeper(id + ".", value, headers);
    }

    private static Task task(String id, String payload, String trace) {
        return new Task(
                id, "default", null, 0, Task.NO_DEADLINE, 0, payload.getBytes(), 5, 30_000, Backoff.DEFAULT, trace);
    }
}
