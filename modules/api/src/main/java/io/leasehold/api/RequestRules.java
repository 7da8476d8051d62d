package io.leasehold.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules that bodies of requests must keep beyond their shape. */
final class RequestRules {
    private RequestRules() {}

    static void name(String field, String value) throws InvalidRequest {
        if (value == null || !Names.isValid(value)) {
            throw new InvalidRequest(field, value == null ? null : '"' + value + '"', Names.EXPECTED);
        }
    }

    static void present(String field, Object value, String expected) throws InvalidRequest {
        if (value == null) {
            throw new InvalidRequest(field, null, expected);
        }
    }

    static void names(String field, List<String> values) throws InvalidRequest {
        for (int i = 0; i < values.size(); i++) {
            name(field + "[" + i + "]", values.get(i));
        }
    }

    static void size(String field, List<?> values, int max) throws InvalidRequest {
        if (values == null || values.isEmpty() || values.size() > max) {
            String found = values == null ? null : values.size() + " entries";
            throw new InvalidRequest(field, found, "an array of 1 to " + max + " entries");
        }
    }

    static void range(String field, long value, long min, long max) throws InvalidRequest {
        if (value < min || value > max) {
            throw new InvalidRequest(field, Long.toString(value), "an integer from " + min + " to " + max);
        }
    }

    static void lease(String field, String token) throws InvalidRequest {
        boolean valid = token != null
                && !token.isEmpty()
                && token.length() <= Limits.MAX_LEASE_TOKEN_LENGTH
                && isVisibleAscii(token);
        if (!valid) {
            throw new InvalidRequest(field, token == null ? null : '"' + token + '"', "a lease as a poll granted it");
        }
    }

    private static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }

    static void report(int index, ReportRequest.Entry report) throws InvalidRequest {
        if (report == null) {
            throw new InvalidRequest("reports[" + index + "]", null, "a JSON object");
        }
        try {
            report(report);
        } catch (InvalidRequest e) {
            throw e.within("reports[" + index + "]");
        }
    }

    private static void report(ReportRequest.Entry report) throws InvalidRequest {
        lease("lease", report.lease());
        if (report.outcome() == null) {
            throw new InvalidRequest("outcome", null, "one of " + words(Outcome.class));
        }
        size("result", report.result() == null ? 0 : report.result().utf8().length, Limits.MAX_RESULT_BYTES);
        size("error", utf8Length(report.error()), Limits.MAX_ERROR_BYTES);
        if (report.retryAfterMs() != null) {
            range("retryAfterMs", report.retryAfterMs(), 0, Limits.MAX_DELAY_MS);
        }
        belongs("result", report.result(), report.outcome() == Outcome.SUCCESS, "success");
        belongs("error", report.error(), report.outcome() == Outcome.FAILURE, "failure");
        belongs("retryable", report.retryable(), report.outcome() == Outcome.FAILURE, "failure");
        belongs("retryAfterMs", report.retryAfterMs(), report.outcome() == Outcome.FAILURE, "failure");
    }

    static void redrive(RedriveRequest redrive) throws InvalidRequest {
        idsOrQueue(redrive.ids(), redrive.queue(), Limits.MAX_IDS_PER_REDRIVE);
        if (redrive.limit() != null) {
            range("limit", redrive.limit(), 1, Limits.MAX_REDRIVE);
        }
    }

    static void purge(PurgeRequest purge) throws InvalidRequest {
        idsOrQueue(purge.ids(), purge.queue(), Limits.MAX_IDS_PER_PURGE);
        if (purge.ids() != null) {
            onlyWithQueue("limit", purge.limit());
            onlyWithQueue("expected", purge.expected());
            return;
        }
        if (purge.limit() != null) {
            range("limit", purge.limit(), 1, Limits.MAX_PURGE);
        }
        present("expected", purge.expected(), "how many tasks of the queue are dead, as the list of them says");
        range("expected", purge.expected(), 0, Long.MAX_VALUE);
    }

    private static void idsOrQueue(List<String> ids, String queue, int mostIds) throws InvalidRequest {
        if ((ids == null) == (queue == null)) {
            String found = ids == null ? "neither ids nor queue" : "both ids and queue";
            throw new InvalidRequest("body", found, "either ids or queue");
        }
        if (ids != null) {
            size("ids", ids, mostIds);
            names("ids", ids);
        } else {
            name("queue", queue);
        }
    }

    private static void onlyWithQueue(String field, Number value) throws InvalidRequest {
        if (value != null) {
            throw new InvalidRequest(field, value.toString(), "only with a queue");
        }
    }

    static List<String> words(Class<?> enumType) {
        List<String> words = new ArrayList<>();
        for (Object constant : enumType.getEnumConstants()) {
            words.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static void belongs(String field, Object value, boolean allowed, String outcome) throws InvalidRequest {
        if (value != null && !allowed) {
            throw new InvalidRequest(field, value.toString(), "only with the outcome " + outcome);
        }
    }

    private static void size(String field, int bytes, int max) throws InvalidRequest {
        if (bytes > max) {
            throw new InvalidRequest(field, bytes + " bytes", "at most " + max + " bytes");
        }
    }

    private static int utf8Length(String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
