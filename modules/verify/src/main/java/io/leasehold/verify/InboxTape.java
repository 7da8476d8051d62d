package io.leasehold.verify;

import java.util.function.Consumer;

/** The valid submissions that lie in a shard's inbox, home there, in order; what was deleted is left out. */
@FunctionalInterface
public interface InboxTape {
    /** Tells those below the offset that were not told yet. */
    void below(long offset, Consumer<Submitted> to);
}
