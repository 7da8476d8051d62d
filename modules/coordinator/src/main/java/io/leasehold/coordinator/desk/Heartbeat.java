package io.leasehold.coordinator.desk;

/**
 * What becomes of a heartbeat.
 *
 * @param leaseMs for how long the lease holds from the moment the heartbeat was sent; 0 unless {@code OK}
 */
public record Heartbeat(Status status, long leaseMs) {
    public enum Status {
        OK,
        /** The lease is over. */
        LOST,
        /** The task was cancelled; stop working on it. */
        CANCELLED,
        /** No verdict: ask again soon. */
        RETRY
    }
}
