package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.core.event.Claim;

/**
 * Holds a journal that was read to its end against the witness of its last owner. A reader may be a moment behind an owner
 * that lives; so before the log is found short, its end is asked for anew, now that the witness is known.
 */
final class WitnessCheck {
    enum Verdict {
        GOOD,
        /** Ask where the log ends, and {@link #endsAt} when that is known. */
        ASK_END,
        WAIT,
        SHORT
    }

    private final int shard;
    private final Witness expected;
    private boolean asked;
    private long end = -1;

    /** @param expected or null if there is no witness */
    WitnessCheck(int shard, Witness expected) {
        this.shard = shard;
        this.expected = expected;
    }

    /** The log ends here, as asked after the witness was known. */
    void endsAt(long offset) {
        if (asked) {
            end = offset;
        }
    }

    /**
     * @param nextOffset one more than the last offset read
     * @param last the newest claim read, or null
     */
    Verdict verdict(long nextOffset, long epoch, Claim last, LogIdentity log) {
        if (expected == null) {
            return Verdict.GOOD;
        }
        if (!expected.journalTopicId().equals(log.journalTopicId())
                || (last != null && !expected.inboxTopicId().equals(last.inboxTopicId()))) {
            return Verdict.SHORT;
        }
        if (nextOffset >= expected.end() && epoch >= expected.epoch()) {
            return Verdict.GOOD;
        }
        if (!asked) {
            asked = true;
            return Verdict.ASK_END;
        }
        if (end >= expected.end() && nextOffset < end) {
            return Verdict.WAIT;
        }
        return end < 0 ? Verdict.WAIT : Verdict.SHORT;
    }

    /** What is wrong with the log, once it is found short, and what to do. */
    String problem(long nextOffset, long epoch, LogIdentity log) {
        return "journal: ends at offset " + nextOffset + " with epoch " + epoch + ", topic id " + log.journalTopicId()
                + " (expected: at least offset " + expected.end() + " with epoch " + expected.epoch() + ", topic id "
                + expected.journalTopicId() + ", as its last owner wrote down). Records are lost: bring them back, or,"
                + " to go on without them, delete the node witness/" + shard + " under zookeeper.root";
    }
}
