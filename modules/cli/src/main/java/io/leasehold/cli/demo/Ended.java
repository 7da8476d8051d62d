package io.leasehold.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The value of a record of the topic {@code leasehold.ended}, as far as the demo reads it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Ended(
        String id,
        String state,
        String cause,
        int attempt,
        int failures,
        int expiries,
        long endedMs,
        FileTask.Digest result,
        String error) {}
