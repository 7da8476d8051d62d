package io.leasehold.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads tasks as submitted, strictly: whatever the bytes, the outcome is a valid {@link TaskSpec} or an
 * {@link InvalidTask}, never another exception. Stateless; any thread.
 */
public final class TaskReader {
    static final String A_TASK = "one JSON object, for example {\"queue\":\"images\",\"payload\":{}}";

    private final int maxTaskBytes;

    /** @param maxTaskBytes how large one task may be; see {@link Limits#maxTaskBytes} */
    public TaskReader(int maxTaskBytes) {
        if (maxTaskBytes < 1) {
            throw new IllegalArgumentException("maxTaskBytes: " + maxTaskBytes + " (expected: at least 1)");
        }
        this.maxTaskBytes = maxTaskBytes;
    }

    /** One of several tasks: exactly one of the two is set. */
    public record Item(TaskSpec task, InvalidTask error) {}

    /** One task over HTTP: the id, if any, is in the body. */
    public TaskSpec read(byte[] json) throws InvalidTask {
        return read(json, 0, json.length);
    }

    /**
     * One task from a record of the inbox: the key, if there is one, is the id.
     *
     * @param key may be null: an id will be assigned
     * @param value may be null, which is invalid
     */
    public TaskSpec readRecord(byte[] key, byte[] value) throws InvalidTask {
        if (value == null) {
            throw new InvalidTask("task", null, A_TASK);
        }
        String id = key == null ? null : idOf(key);
        TaskSpec task = read(value);
        if (task.id() == null || task.id().equals(id)) {
            return id == null ? task : withId(task, id);
        }
        throw new InvalidTask("id", task.id(), "no id in the value, or the same as the record's key");
    }

    /** Whether the body is meant to be a list of tasks, to be read by {@link #readArray}. */
    public static boolean isArray(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '[';
            }
        }
        return false;
    }

    /**
     * A list of tasks over HTTP.
     *
     * @return one item for each, in order; a task that breaks a rule does not harm the others
     * @throws InvalidTask if the body as a whole is not a list of 1 to 1,000 values
     */
    public List<Item> readArray(byte[] body) throws InvalidTask {
        requireUtf8(body, 0, body.length);
        List<Item> items = new ArrayList<>();
        try (JsonParser in = Json.lists().createParser(body)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidTask("tasks", shownToken(in), "a JSON array of tasks");
            }
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() == Limits.MAX_TASKS_PER_SUBMIT) {
                    throw new InvalidTask("tasks", "more", "at most " + Limits.MAX_TASKS_PER_SUBMIT + " tasks");
                }
                int start = RawValues.startOf(in);
                items.add(item(body, start, RawValues.endOf(in, body, 0, start)));
            }
            requireEnd(in, "tasks");
        } catch (JsonProcessingException e) {
            throw unreadable("tasks", e);
        } catch (IOException e) {
            throw new InvalidTask("tasks", e.getMessage(), "a JSON array of tasks");
        }
        if (items.isEmpty()) {
            throw new InvalidTask("tasks", "[]", "1 to " + Limits.MAX_TASKS_PER_SUBMIT + " tasks");
        }
        return items;
    }

    private Item item(byte[] body, int start, int end) {
        try {
            return new Item(read(body, start, end - start), null);
        } catch (InvalidTask e) {
            return new Item(null, e);
        }
    }

    private TaskSpec read(byte[] source, int from, int length) throws InvalidTask {
        if (length > maxTaskBytes) {
            throw new InvalidTask("task", length + " bytes", "at most " + maxTaskBytes + " bytes");
        }
        requireUtf8(source, from, length);
        TaskFields fields = new TaskFields();
        try (JsonParser in = Json.tasks().createParser(source, from, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidTask("task", shownToken(in), A_TASK);
            }
            fields.readAll(new FieldReader(in, source, from));
            requireEnd(in, "task");
        } catch (JsonProcessingException e) {
            throw unreadable("task", e);
        } catch (IOException e) {
            throw new InvalidTask("task", e.getMessage(), A_TASK);
        }
        return fields.toTask();
    }

    private static String idOf(byte[] key) throws InvalidTask {
        if (!RawValues.isUtf8(key, 0, key.length)) {
            throw new InvalidTask("id", "a key of " + key.length + " bytes that are not UTF-8", Names.EXPECTED_ID);
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (!Names.isValidUserId(id)) {
            throw new InvalidTask("id", '"' + id + '"', Names.EXPECTED_ID);
        }
        return id;
    }

    private static TaskSpec withId(TaskSpec task, String id) {
        return new TaskSpec(
                id,
                task.queue(),
                task.type(),
                task.priority(),
                task.deadlineMs(),
                task.notBeforeMs(),
                task.delayMs(),
                task.payload(),
                task.maxAttempts(),
                task.leaseMs(),
                task.backoff(),
                task.traceparent());
    }

    private static void requireUtf8(byte[] source, int from, int length) throws InvalidTask {
        if (!RawValues.isUtf8(source, from, length)) {
            throw new InvalidTask("task", length + " bytes that are not UTF-8", "JSON in UTF-8");
        }
    }

    private static void requireEnd(JsonParser in, String field) throws IOException, InvalidTask {
        if (in.nextToken() != null) {
            throw new InvalidTask(field, "more after its end", "nothing after the JSON value");
        }
    }

    private static String shownToken(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            return null;
        }
        return token == JsonToken.START_ARRAY ? "[...]" : in.getText();
    }

    private static InvalidTask unreadable(String field, JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new InvalidTask(field, "unreadable" + where, "valid JSON: " + firstLine(e.getOriginalMessage()));
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
