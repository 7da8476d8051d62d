package io.leasehold.api;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The fields of a task's {@code backoff} while it is read. */
final class BackoffFields {
    private static final String INITIAL = "backoff.initialMs";
    private static final String MULTIPLIER = "backoff.multiplier";
    private static final String MAX = "backoff.maxMs";

    private BackoffFields() {}

    static BackoffSpec read(FieldReader in) throws IOException, InvalidTask {
        if (!in.isObject()) {
            throw new InvalidTask("backoff", in.shown(), "an object of initialMs, multiplier, maxMs");
        }
        long initialMs = Limits.DEFAULT_BACKOFF_INITIAL_MS;
        double multiplier = Limits.DEFAULT_BACKOFF_MULTIPLIER;
        Long maxMs = null;
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            switch (field) {
                case "initialMs" ->
                    initialMs = in.integer(INITIAL, Limits.MIN_BACKOFF_MS, Limits.MAX_BACKOFF_INITIAL_MS);
                case "multiplier" ->
                    multiplier = in.decimal(MULTIPLIER, Limits.MIN_BACKOFF_MULTIPLIER, Limits.MAX_BACKOFF_MULTIPLIER);
                case "maxMs" -> maxMs = in.integer(MAX, Limits.MIN_BACKOFF_MS, Limits.MAX_BACKOFF_MAX_MS);
                default ->
                    throw new InvalidTask(
                            "backoff." + field, in.shown(), "no such field; known are initialMs, multiplier, maxMs");
            }
        }
        return checked(initialMs, multiplier, maxMs);
    }

    private static BackoffSpec checked(long initialMs, double multiplier, Long maxMs) throws InvalidTask {
        if (maxMs == null) {
            return new BackoffSpec(initialMs, multiplier, Math.max(initialMs, Limits.DEFAULT_BACKOFF_MAX_MS));
        }
        if (maxMs < initialMs) {
            throw new InvalidTask(MAX, maxMs.toString(), "at least initialMs, which is " + initialMs);
        }
        return new BackoffSpec(initialMs, multiplier, maxMs);
    }
}
