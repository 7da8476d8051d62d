package io.leasehold.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.List;

/**
 * Reads the bodies of requests other than tasks, strictly: the outcome is a body within all limits or an
 * {@link InvalidRequest}, never another exception.
 */
public final class RequestReader {
    private static final int SHOWN_MESSAGE = 200;

    private RequestReader() {}

    public static PollRequest poll(byte[] body) throws InvalidRequest {
        PollRequest poll = read(body, PollRequest.class);
        RequestRules.name("worker", poll.worker());
        RequestRules.size("queues", poll.queues(), Limits.MAX_QUEUES_PER_POLL);
        RequestRules.names("queues", poll.queues());
        RequestRules.range("max", poll.max(), 0, Limits.MAX_LEASES_PER_REQUEST);
        RequestRules.range("waitMs", poll.waitMs(), 0, Limits.MAX_WAIT_MS);
        if (poll.leaseMs() != null) {
            RequestRules.range("leaseMs", poll.leaseMs(), Limits.MIN_LEASE_MS, Limits.MAX_LEASE_MS);
        }
        if (poll.pollId() != null) {
            RequestRules.name("pollId", poll.pollId());
        }
        if (poll.map() != null) {
            RequestRules.name("map", poll.map());
        }
        return poll;
    }

    public static HeartbeatRequest heartbeat(byte[] body) throws InvalidRequest {
        HeartbeatRequest heartbeat = read(body, HeartbeatRequest.class);
        RequestRules.name("worker", heartbeat.worker());
        RequestRules.size("leases", heartbeat.leases(), Limits.MAX_LEASES_PER_REQUEST);
        for (int i = 0; i < heartbeat.leases().size(); i++) {
            RequestRules.lease("leases[" + i + "]", heartbeat.leases().get(i));
        }
        return heartbeat;
    }

    public static ReportRequest report(byte[] body) throws InvalidRequest {
        ReportRequest report = read(body, ReportRequest.class);
        RequestRules.name("worker", report.worker());
        RequestRules.size("reports", report.reports(), Limits.MAX_LEASES_PER_REQUEST);
        for (int i = 0; i < report.reports().size(); i++) {
            RequestRules.report(i, report.reports().get(i));
        }
        return report;
    }

    public static HintRequest hint(byte[] body) throws InvalidRequest {
        HintRequest hint = read(body, HintRequest.class);
        RequestRules.name("from", hint.from());
        RequestRules.size("queues", hint.queues(), Limits.MAX_QUEUES_PER_POLL);
        for (int i = 0; i < hint.queues().size(); i++) {
            HintRequest.Entry entry = hint.queues().get(i);
            RequestRules.present("queues[" + i + "]", entry, "a queue and how many of its tasks are ready");
            RequestRules.name("queues[" + i + "].queue", entry.queue());
            RequestRules.range("queues[" + i + "].ready", entry.ready(), 1, Integer.MAX_VALUE);
        }
        return hint;
    }

    public static RedriveRequest redrive(byte[] body) throws InvalidRequest {
        RedriveRequest redrive = read(body, RedriveRequest.class);
        RequestRules.redrive(redrive);
        return redrive;
    }

    public static PurgeRequest purge(byte[] body) throws InvalidRequest {
        PurgeRequest purge = read(body, PurgeRequest.class);
        RequestRules.purge(purge);
        return purge;
    }

    public static GrowRequest grow(byte[] body) throws InvalidRequest {
        GrowRequest grow = read(body, GrowRequest.class);
        RequestRules.present("shards", grow.shards(), "an integer from 1 to " + Limits.MAX_SHARDS);
        RequestRules.range("shards", grow.shards(), 1, Limits.MAX_SHARDS);
        return grow;
    }

    public static MoveRequest move(byte[] body) throws InvalidRequest {
        MoveRequest move = read(body, MoveRequest.class);
        RequestRules.present("shard", move.shard(), "the number of a shard");
        if (move.to() != null) {
            RequestRules.name("to", move.to());
        }
        return move;
    }

    public static DrainRequest drain(byte[] body) throws InvalidRequest {
        DrainRequest drain = read(body, DrainRequest.class);
        RequestRules.name("coordinator", drain.coordinator());
        return drain;
    }

    private static <T> T read(byte[] body, Class<T> type) throws InvalidRequest {
        if (!RawValues.isUtf8(body, 0, body.length)) {
            throw new InvalidRequest("body", body.length + " bytes that are not UTF-8", "JSON in UTF-8");
        }
        try {
            T value = Json.requests()
                    .readerFor(type)
                    .withAttribute(RawJson.SOURCE, body)
                    .readValue(body);
            if (value == null) {
                throw new InvalidRequest("body", null, "one JSON object");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidRequest(path(e), "an unknown field", "one of " + e.getKnownPropertyIds());
        } catch (InvalidFormatException e) {
            throw new InvalidRequest(path(e), String.valueOf(e.getValue()), expected(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw new InvalidRequest(path(e), "missing or of another type", expected(e.getTargetType()));
        } catch (JsonMappingException e) {
            throw new InvalidRequest(path(e), "unreadable", "valid JSON: " + message(e));
        } catch (JsonProcessingException e) {
            throw new InvalidRequest("body", "unreadable" + where(e.getLocation()), "valid JSON: " + message(e));
        } catch (IOException e) {
            throw new InvalidRequest("body", e.getMessage(), "one JSON object");
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
            }
        }
        return path.length() == 0 ? "body" : path.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type.isEnum()) {
            return "one of " + RequestRules.words(type);
        }
        if (List.class.isAssignableFrom(type)) {
            return "a JSON array";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "an integer" : "a JSON object";
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String message(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int end = Math.min(SHOWN_MESSAGE, message.indexOf('\n') < 0 ? message.length() : message.indexOf('\n'));
        return message.substring(0, Math.min(end, message.length()));
    }
}
