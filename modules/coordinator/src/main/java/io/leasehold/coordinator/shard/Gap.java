package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.List;

/**
 * What someone else wrote between an owner's last record and the one just acknowledged. It is void, such as the late
 * record of an owner that was superseded, unless a newer claim is among it: then the owner is superseded itself.
 */
final class Gap {
    enum Verdict {
        /** There is more to read. */
        OPEN,
        /** Everything up to the own record is void. */
        VOID,
        /** Someone else owns the shard. */
        SUPERSEDED
    }

    private final int shard;
    private final long epoch;
    private final long ownOffset;
    private final long appendTimeMs;
    private final long sinceMs;
    private final TurnReader reader = new TurnReader();
    private long nextOffset;

    /**
     * @param nextOffset where the own record was expected
     * @param sinceMs now, by the monotonic clock
     */
    Gap(int shard, long epoch, long nextOffset, long ownOffset, long appendTimeMs, long sinceMs) {
        this.shard = shard;
        this.epoch = epoch;
        this.nextOffset = nextOffset;
        this.ownOffset = ownOffset;
        this.appendTimeMs = appendTimeMs;
        this.sinceMs = sinceMs;
    }

    Verdict take(List<JournalRecord> records) {
        for (JournalRecord one : records) {
            if (one.offset() < nextOffset) {
                continue;
            }
            nextOffset = one.offset() + 1;
            if (one.offset() >= ownOffset) {
                return Verdict.VOID;
            }
            TurnHeader header = header(one);
            if (header.isClaim() && header.epoch() > epoch) {
                return Verdict.SUPERSEDED;
            }
        }
        return Verdict.OPEN;
    }

    /** A mark cannot lie here, for it is made while nobody owns the shard: the copy after this one may find one. */
    private TurnHeader header(JournalRecord one) {
        try {
            return reader.header(one.value());
        } catch (UnreadableRecordException e) {
            throw MarkSearch.stops(shard, one, e);
        }
    }

    long ownOffset() {
        return ownOffset;
    }

    long appendTimeMs() {
        return appendTimeMs;
    }

    long sinceMs() {
        return sinceMs;
    }
}
