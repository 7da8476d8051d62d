package io.leasehold.coordinator.port;

/** A log no longer holds, at its end, records that it had told of as durable. */
public final class RecordsLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param what which log, from where on, and how that shows */
    public RecordsLost(String what, Throwable cause) {
        super(what, cause);
    }
}
