package io.leasehold.coordinator.port;

/** The two clocks of a process, in milliseconds. */
public interface Clock {
    /** Time of day; may jump. */
    long wallMs();

    /** Never goes back; only differences mean anything. */
    long monotonicMs();

    static Clock system() {
        return new Clock() {
            @Override
            public long wallMs() {
                return System.currentTimeMillis();
            }

            @Override
            public long monotonicMs() {
                return System.nanoTime() / 1_000_000;
            }
        };
    }
}
