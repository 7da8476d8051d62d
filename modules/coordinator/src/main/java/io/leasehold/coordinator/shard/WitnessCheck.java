package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.core.event.Claim;
import java.util.List;

/**
 * Holds a journal that was read to its end against its witnesses: what its last owner wrote down, and what this process
 * knows itself. A reader may be a moment behind an owner that lives; so before the log is found short, its end is asked for
 * anew, now that the witnesses are known.
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
    private final List<Witness> expected;
    private Witness missed;
    private boolean asked;
    private long end = -1;

    /** @param expected none if nobody knows how far the journal had come */
    WitnessCheck(int shard, List<Witness> expected) {
        this.shard = shard;
        this.expected = List.copyOf(expected);
    }

    /** What an operator can do about a journal of which acknowledged records are gone. */
    static String lost(int shard, String what) {
        return "journal: " + what + ". Records are lost: bring them back, or, to go on without them, delete the node"
                + " witness/" + shard + " under zookeeper.root";
    }

    /** The log ends here, as asked after the witnesses were known. */
    void endsAt(long offset) {
        if (asked) {
            end = offset;
        }
    }

    /**
     * @param nextOffset one more than the last offset read
     * @param effectiveEnd one more than the last offset of an effective record; what is void behind it replaces nothing
     * @param last the newest claim read, or null
     * @param claims where the claims stand that were read
     */
    Verdict verdict(long nextOffset, long effectiveEnd, long epoch, Claim last, LogIdentity log, ClaimPlaces claims) {
        missed = null;
        for (Witness one : expected) {
            if (isOfAnotherLog(one, last, log) || isOverwritten(one, claims)) {
                missed = one;
                return Verdict.SHORT;
            }
            if (effectiveEnd < one.end() || epoch < one.epoch()) {
                missed = one;
            }
        }
        if (missed == null) {
            return Verdict.GOOD;
        }
        if (!asked) {
            asked = true;
            return Verdict.ASK_END;
        }
        if (end >= missed.end() && nextOffset < end) {
            return Verdict.WAIT;
        }
        return end < 0 ? Verdict.WAIT : Verdict.SHORT;
    }

    private static boolean isOfAnotherLog(Witness one, Claim last, LogIdentity log) {
        return !one.journalTopicId().equals(log.journalTopicId())
                || (last != null && !one.inboxTopicId().equals(last.inboxTopicId()));
    }

    /** Whether a later claim stands where records stood that were effective before it. */
    static boolean isOverwritten(Witness one, ClaimPlaces claims) {
        long above = claims.above(one.epoch());
        return above >= 0 && above < one.end();
    }

    /** What is wrong with the log, once it is found short, and what to do. */
    String problem(long effectiveEnd, long epoch, LogIdentity log, ClaimPlaces claims) {
        String overwritten = isOverwritten(missed, claims)
                ? ", with a later claim at offset " + claims.above(missed.epoch()) + " already"
                : "";
        return lost(
                shard,
                "ends at offset " + effectiveEnd + " with epoch " + epoch + ", topic id " + log.journalTopicId()
                        + overwritten + " (expected: at least offset " + missed.end() + " with epoch "
                        + missed.epoch() + ", topic id " + missed.journalTopicId()
                        + ", as its last owner wrote down or this process saw)");
    }
}
