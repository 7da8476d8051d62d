package io.leasehold.verify;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Trim;
import io.leasehold.verify.Trail.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds bases, what is carried behind them, and trims against what is known of the shard. */
final class Trimming {
    private final Ledger ledger;
    private final long start;
    private final Set<Long> trimmedBases = new HashSet<>();
    private boolean startsAtBase;
    private long base = -1;
    private long bytesBeforeBase;
    private long bytesBeforeReplay;

    /** @param start where reading begins: at a base, unless it is 0 */
    Trimming(Ledger ledger, long start) {
        this.ledger = ledger;
        this.start = start;
        this.startsAtBase = start > 0;
    }

    /** A record, void or not, says that a replay may start there. What lies before the part that is read is not known. */
    void named(long baseOffset) {
        if (baseOffset != 0 && baseOffset >= start && !trimmedBases.contains(baseOffset)) {
            ledger.broken(
                    Guarantee.BASE_OFFSETS,
                    "base offset: " + baseOffset + " (expected: 0 or one of a base that was trimmed before)");
        }
    }

    /** @param isFirst whether it stands first in its record */
    void based(Base told, boolean isFirst, long bytesBefore) {
        ledger.tally.add(Count.BASES);
        if (startsAtBase) {
            startAt(told);
        } else {
            String difference = Differences.of(told, ledger);
            if (difference != null) {
                ledger.broken(Guarantee.BASES, "base: " + difference);
            }
        }
        if (!isFirst) {
            ledger.broken(Guarantee.BASES, "base: not the first fact of its record (expected: the first)");
        }
        ledger.generation = Math.max(ledger.generation, told.generation());
        base = ledger.offset;
        bytesBeforeBase = bytesBefore;
    }

    private void startAt(Base told) {
        startsAtBase = false;
        ledger.partial = true;
        ledger.baseNumber = told.lastNumber();
        ledger.inboxOffset = told.inboxOffset();
        ledger.inboxLeaderEpoch = told.inboxLeaderEpoch();
        ledger.lastNumber = told.lastNumber();
        ledger.lastFence = told.lastFence();
        ledger.lastEnd = told.lastEnd();
        ledger.publishedEnd = told.publishedEnd();
        ledger.claim = told.claim();
        ledger.foldVersion = told.claim().foldVersion();
        ledger.proofMs = told.claim().proofMs();
        ledger.shardCounts.add(told.claim().shards());
        if (ledger.ends != null) {
            ledger.ends.begin(told.lastEnd());
        }
    }

    void carried(Carried carried) {
        ledger.tally.add(Count.CARRIED);
        Known known = ledger.byNumber.get(carried.number());
        if (known != null) {
            compare(carried, known);
        } else if (!ledger.mayBeCarriedLater(carried.number())) {
            ledger.broken(
                    Guarantee.CARRIED,
                    "carried: task number " + carried.number() + ", "
                            + carried.task().id() + " (expected: a task that is remembered)");
        } else {
            bringIn(carried);
        }
    }

    private void compare(Carried carried, Known known) {
        String difference = Differences.of(carried, known, ledger.publishedEnd);
        if (difference != null) {
            ledger.broken(Guarantee.CARRIED, known, "carried with " + difference);
        }
        if (known.whole) {
            known.generation = ledger.generation;
            ledger.note(known, Kind.CARRIED, ledger.generation);
        } else {
            ledger.forget(known);
            bringIn(carried);
        }
    }

    private void bringIn(Carried carried) {
        Known other = ledger.byId.get(carried.task().id());
        if (other != null) {
            ledger.broken(
                    Guarantee.ADMITTED_ONCE,
                    other,
                    "carried as number " + carried.number() + " too (expected: one life an id)");
            return;
        }
        Known known = Known.carried(carried, ledger.generation);
        ledger.put(known);
        ledger.note(known, Kind.CARRIED, ledger.generation);
    }

    void trimmed(Trim trim) {
        ledger.tally.add(Count.TRIMS);
        if (trim.generation() != ledger.generation || trim.generation() <= ledger.trimmed) {
            ledger.broken(
                    Guarantee.TRIMS,
                    "trim of generation " + trim.generation() + " (expected: the present one, " + ledger.generation
                            + ", once)");
            return;
        }
        if (trim.baseOffset() != base) {
            ledger.broken(Guarantee.TRIMS, "trim: base offset: " + trim.baseOffset() + " (expected: " + base + ")");
        }
        List<Long> lost = ledger.endsLostByTrim();
        if (!lost.isEmpty()) {
            ledger.broken(
                    Guarantee.TRIMS,
                    "trim: end " + lost.get(0) + " is not public, and its task lives again (expected: to wait for it)");
        }
        for (Known known : List.copyOf(ledger.byNumber.values())) {
            if (known.generation < trim.generation() || !known.whole) {
                forget(known, trim);
            }
        }
        ledger.trimmed = trim.generation();
        ledger.partial = false;
        trimmedBases.add(base);
        bytesBeforeReplay = bytesBeforeBase;
    }

    private void forget(Known known, Trim trim) {
        boolean isPublic = known.endNumber <= ledger.publishedEnd;
        boolean isOld = known.endedMs < trim.forgetEndedBefore() || known.endNumber <= trim.forgetEndsUpTo();
        if (known.isLive() || known.isDead() || !isPublic || !isOld) {
            ledger.broken(
                    Guarantee.TRIMS,
                    known,
                    "forgotten by the trim (expected: to be carried since the base at " + base + ": "
                            + why(known, isPublic) + ")");
        }
        ledger.forget(known);
        ledger.tally.add(Count.FORGOTTEN);
    }

    private static String why(Known known, boolean isPublic) {
        if (known.isLive()) {
            return "it lives";
        }
        if (known.isDead()) {
            return "it is a dead letter";
        }
        return isPublic ? "its end is still to be remembered" : "its end is not public";
    }

    /** How many bytes lie before the place from which a replay starts now. */
    long bytesBeforeReplay() {
        return bytesBeforeReplay;
    }
}
