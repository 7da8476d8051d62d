package io.leasehold.verify;

/** One shard's journal as it lay in the log at one moment. */
public interface JournalTape {
    /** The first offset that is still there. */
    long start();

    /** The offset behind the last record. */
    long end();

    /** Tells the records from one offset on, up to but without another, in order. May be called several times. */
    void read(long from, long to, Listener listener);

    /** Hears of records. */
    @FunctionalInterface
    interface Listener {
        /** @param appendTimeMs the broker's clock when it appended the record */
        void record(long offset, long appendTimeMs, byte[] value);
    }
}
