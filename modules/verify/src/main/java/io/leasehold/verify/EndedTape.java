package io.leasehold.verify;

import java.util.function.Consumer;

/** A shard's records in the topic of ended tasks. */
public interface EndedTape {
    /** Where the topic starts now: what lay before was deleted. */
    long start();

    /** Everything before this offset was there when the journal's end was taken down. */
    long certainEnd();

    /** Tells all that were there after the journal's end was taken down, in order. */
    void all(Consumer<EndedCopy> to);
}
