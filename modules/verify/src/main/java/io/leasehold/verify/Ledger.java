package io.leasehold.verify;

import io.leasehold.core.event.Claim;
import io.leasehold.core.task.EndCause;
import io.leasehold.verify.Trail.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What this reader has found out about a shard, and where it stands in the journal. */
final class Ledger {
    /** The end of a life that was followed by another, not public yet. */
    private record FormerEnd(long number, long generation) {}

    final Rules rules;
    final Findings findings;
    final Tally tally;
    final EndsBook ends;

    /** Of the record that is read. */
    long offset;
    /** Shard time of that record. */
    long nowMs;

    /** Of the newest effective record. */
    long epoch;

    long seq;
    /** Of the effective record before it. */
    long priorEpoch;

    long priorSeq;

    /** The newest; it says the terms in force. */
    Claim claim;
    /** In force: the newest that the journal said. */
    int foldVersion;
    /** W, in force. */
    long proofMs;

    long inboxOffset;
    /** -1 while it is not known. */
    int inboxLeaderEpoch = -1;

    long lastNumber;
    long lastFence;
    long lastEnd;
    long publishedEnd;
    long generation;
    long trimmed;
    /** It was read from a base on, but not yet up to its trim: there may be tasks that are still to be carried. */
    boolean partial;
    /** Tasks up to this number may be still to be carried. */
    long baseNumber;

    final Map<Long, Known> byNumber = new HashMap<>();
    final Map<String, Known> byId = new HashMap<>();
    private final Deque<FormerEnd> formerEnds = new ArrayDeque<>();

    /** How many shards there were, as the claims say. */
    final Set<Integer> shardCounts = new HashSet<>();

    Ledger(int shard, Rules rules, boolean keepsEnds) {
        this.rules = rules;
        this.findings = new Findings(shard);
        this.tally = new Tally();
        this.ends = keepsEnds ? new EndsBook() : null;
    }

    void broken(Guarantee guarantee, String what) {
        findings.broken(guarantee, offset, null, what);
    }

    void broken(Guarantee guarantee, Known task, String what) {
        findings.broken(guarantee, offset, task, what);
    }

    /** The next number to be given; says so if it is another one. */
    boolean takeNumber(long number) {
        if (number != lastNumber + 1) {
            broken(Guarantee.NUMBERS, "task number: " + number + " (expected: " + (lastNumber + 1) + ")");
        }
        boolean isNew = number > lastNumber;
        lastNumber = Math.max(lastNumber, number);
        return isNew;
    }

    /** The task with this number, be it from hearsay; null if there cannot be one. */
    Known find(long number, String fact) {
        Known known = byNumber.get(number);
        if (known == null && mayBeCarriedLater(number)) {
            known = Known.hearsay(number);
            byNumber.put(number, known);
        }
        if (known == null) {
            broken(
                    Guarantee.NUMBERS,
                    fact + " of task number " + number
                            + " (expected: a number that was given to a task and is not forgotten)");
        }
        return known;
    }

    boolean mayBeCarriedLater(long number) {
        return partial && number <= baseNumber;
    }

    void put(Known known) {
        byNumber.put(known.number, known);
        if (known.whole) {
            byId.put(known.task.id(), known);
        }
    }

    void forget(Known known) {
        byNumber.remove(known.number);
        if (known.whole) {
            byId.remove(known.task.id(), known);
        }
    }

    void note(Known known, Kind kind, long detail) {
        known.trail.add(offset, nowMs, kind, detail);
    }

    void end(Known known, EndCause cause, long endedMs, boolean late, long result) {
        lastEnd++;
        known.end(cause, lastEnd, endedMs, late, result);
        tally.add(Count.valueOf(cause.name()));
        if (ends != null) {
            ends.ended(lastEnd, offset, cause, known.whole ? known.task.id() : null);
        }
    }

    /** A dead letter lives again; its end may not be public yet. */
    void endOfFormerLife(Known dead) {
        if (dead.whole && dead.endNumber > publishedEnd) {
            formerEnds.add(new FormerEnd(dead.endNumber, dead.generation));
        }
    }

    void published(long endNumber) {
        publishedEnd = Math.max(publishedEnd, endNumber);
        formerEnds.removeIf(end -> end.number() <= publishedEnd);
    }

    /** The ends of former lives that a replay from the present base would never hear of. */
    List<Long> endsLostByTrim() {
        List<Long> lost = new ArrayList<>();
        for (FormerEnd end : formerEnds) {
            if (end.generation() < generation) {
                lost.add(end.number());
            }
        }
        return lost;
    }
}
