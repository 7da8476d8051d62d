package io.leasehold.server.http;

import io.leasehold.api.BackoffSpec;
import io.leasehold.api.Limits;
import io.leasehold.api.RawJson;
import io.leasehold.api.TaskSpec;

/** A task on its way to its owner, as one of an array: what is the default is left out, so that it grows no longer. */
record ForwardedTask(
        String id,
        String queue,
        String type,
        Integer priority,
        Long deadline,
        Long notBefore,
        Long delayMs,
        RawJson payload,
        Integer maxAttempts,
        Long leaseMs,
        BackoffSpec backoff) {

    /** By how many bytes it may yet be longer than what was submitted: numbers can be written in shorter ways. */
    static final int GROWTH_BYTES = 256;

    /** @param id its own or the one assigned to it; null for the owner to assign one */
    static ForwardedTask of(TaskSpec spec, String id) {
        return new ForwardedTask(
                id,
                unless(Limits.DEFAULT_QUEUE, spec.queue()),
                spec.type(),
                unless(Limits.DEFAULT_PRIORITY, spec.priority()),
                spec.deadlineMs(),
                spec.notBeforeMs(),
                unless(0L, spec.delayMs()),
                RawJson.orNull(spec.payload()),
                unless(Limits.DEFAULT_ATTEMPTS, spec.maxAttempts()),
                unless(Limits.DEFAULT_LEASE_MS, spec.leaseMs()),
                unless(BackoffSpec.DEFAULT, spec.backoff()));
    }

    private static <T> T unless(T initial, T value) {
        return initial.equals(value) ? null : value;
    }
}
