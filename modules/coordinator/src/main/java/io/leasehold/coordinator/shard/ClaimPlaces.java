package io.leasehold.coordinator.shard;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where in the journal the newest effective claims stand. Everything that was effective under an earlier epoch lies before
 * them: a claim that stands lower than such a record stood has come into its place, and the record is lost. Written by the
 * shard's thread, read by any.
 */
final class ClaimPlaces {
    private static final int MOST = 1_024;

    private final ConcurrentSkipListMap<Long, Long> offsets = new ConcurrentSkipListMap<>();

    void effective(long epoch, long offset) {
        offsets.put(epoch, offset);
        if (offsets.size() > MOST) {
            offsets.pollFirstEntry();
        }
    }

    /** The offset of the first claim above this epoch that is known of; -1 if there is none. */
    long above(long epoch) {
        Map.Entry<Long, Long> next = offsets.higherEntry(epoch);
        return next == null ? -1 : next.getValue();
    }
}
