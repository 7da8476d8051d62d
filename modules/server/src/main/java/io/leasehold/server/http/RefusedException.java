package io.leasehold.server.http;

import io.leasehold.coordinator.desk.Refusal;

/** A shard refused. Costs no stack trace. */
final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;
    private final int shard;

    RefusedException(Refusal refusal, int shard) {
        super("shard " + shard + ": " + refusal, null, false, false);
        this.refusal = refusal;
        this.shard = shard;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Which shard, or -1 for none in particular. */
    int shard() {
        return shard;
    }
}
