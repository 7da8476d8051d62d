package io.leasehold.verify;

import io.leasehold.core.event.TurnReader;
import io.leasehold.core.wire.UnreadableRecordException;

/** From where a journal is read. */
public enum From {
    /** Where a new owner would start: the newest base that a record names and that is still there. */
    NEWEST_BASE {
        @Override
        long find(JournalTape journal) {
            long best = 0;
            long before = journal.end();
            for (long back = 16; before > journal.start(); back *= 8) {
                long from = Math.max(journal.start(), journal.end() - back);
                best = Math.max(best, new Named(0).in(journal, from, before).newest);
                if (best > 0 && best >= journal.start()) {
                    return best;
                }
                before = from;
            }
            return journal.start() == 0 ? 0 : NOWHERE;
        }
    },
    /** All the history there is: the oldest base that is still there, or the log's beginning. */
    BEGINNING {
        @Override
        long find(JournalTape journal) {
            if (journal.start() == 0) {
                return 0;
            }
            long oldest = new Named(journal.start()).in(journal, journal.start(), journal.end()).oldest;
            return oldest == Long.MAX_VALUE ? NOWHERE : oldest;
        }
    };

    static final long NOWHERE = -1;

    /** The offset from which to read; {@link #NOWHERE} if what is there cannot be read from anywhere. */
    abstract long find(JournalTape journal);

    /** The bases that records name. */
    private static final class Named {
        private final TurnReader reader = new TurnReader();
        private final long lowest;
        private long newest;
        private long oldest = Long.MAX_VALUE;

        /** @param lowest lower ones are passed over */
        Named(long lowest) {
            this.lowest = lowest;
        }

        Named in(JournalTape journal, long from, long to) {
            journal.read(from, to, (offset, appendTimeMs, value) -> take(value));
            return this;
        }

        private void take(byte[] value) {
            try {
                long named = reader.header(value).baseOffset();
                if (named > 0 && named >= lowest) {
                    newest = Math.max(newest, named);
                    oldest = Math.min(oldest, named);
                }
            } catch (UnreadableRecordException e) {
                // Whether it can be read is found out later.
            }
        }
    }
}
