package io.leasehold.client.logic;

import io.leasehold.api.Grant;

/** A lease in the worker's hands, from its grant to the definite answer to its report. */
final class HeldLease {
    final Grant grant;
    final String origin;
    long believedUntilMs;
    long nextBeatMs;
    boolean beating;
    /** Who failed to take the last heartbeat, or null. */
    String avoid;
    /** Its handler runs: it takes up a slot. */
    boolean running;
    /** Its handler waits until a heartbeat has shown that the lease still holds. */
    boolean unsure;
    /** It is not the worker's any more, or about not to be: no heartbeat is sent for it. */
    boolean given;

    boolean cancelled;
    /** Its release is on its way: what its handler makes of it does not count. */
    boolean released;

    HeldLease(Grant grant, String origin, long believedUntilMs) {
        this.grant = grant;
        this.origin = origin;
        this.believedUntilMs = believedUntilMs;
    }

    String token() {
        return grant.lease();
    }
}
