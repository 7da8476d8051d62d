package io.leasehold.verify;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;

/** Hears the facts of effective records and passes each on to whoever judges it. */
final class Facts implements Events {
    private final Ledger ledger;
    private final Trimming trimming;
    private final InboxCheck inbox;
    private final Steadiness steadiness;
    private final Ends ends;
    private final Lives lives;
    private final Reports reports;
    private boolean isClaim;
    private boolean claimTold;
    private long bytesBefore;
    private int told;

    Facts(Ledger ledger, Trimming trimming, InboxCheck inbox, Steadiness steadiness) {
        this.ledger = ledger;
        this.steadiness = steadiness;
        this.trimming = trimming;
        this.inbox = inbox;
        this.ends = new Ends(ledger);
        this.lives = new Lives(ledger, ends);
        this.reports = new Reports(ledger, ends);
    }

    /** @param bytesBefore of the records before this one */
    void begin(TurnHeader header, long bytesBefore) {
        this.bytesBefore = bytesBefore;
        isClaim = header.isClaim();
        claimTold = false;
        told = 0;
    }

    void end() {
        if (isClaim && !claimTold) {
            ledger.broken(Guarantee.CLAIMS, "claim: says nothing of its owner (expected: a claim first)");
        }
        reports.endOfRecord();
    }

    @Override
    public void claimed(Claim claim) {
        claimTold = true;
        ledger.tally.add(Count.CLAIMS);
        if (!isClaim || told++ > 0) {
            ledger.broken(
                    Guarantee.CLAIMS,
                    "claim: in the midst of a claim's records (expected: as the first fact of record 0)");
        }
        if (ledger.claim != null) {
            String difference = Differences.ofLogs(claim, ledger.claim);
            if (difference != null) {
                ledger.broken(Guarantee.CLAIMS, "claim: " + difference);
            }
        }
        if (claim.digestEpoch() > ledger.priorEpoch
                || (claim.digestEpoch() == ledger.priorEpoch && claim.digestSeq() > ledger.priorSeq)) {
            ledger.broken(
                    Guarantee.SEQUENCE,
                    "claim: its owner had read record " + claim.digestSeq() + " of claim " + claim.digestEpoch()
                            + " (expected: at most what lies before, record " + ledger.priorSeq + " of claim "
                            + ledger.priorEpoch + "; what it read is missing)");
        }
        ledger.foldVersion = Math.max(ledger.foldVersion, claim.foldVersion());
        ledger.proofMs = Math.max(ledger.proofMs, claim.proofMs());
        ledger.claim = claim.under(ledger.foldVersion, ledger.proofMs);
        ledger.shardCounts.add(claim.shards());
    }

    @Override
    public void released() {
        told++;
        ledger.tally.add(Count.RELEASES);
    }

    @Override
    public void termsSet(int foldVersion, long proofMs) {
        told++;
        if (foldVersion < ledger.foldVersion) {
            ledger.broken(
                    Guarantee.CLAIMS,
                    "terms: fold version " + foldVersion + " (expected: at least " + ledger.foldVersion
                            + ", as the journal said before)");
        }
        ledger.foldVersion = Math.max(ledger.foldVersion, foldVersion);
        ledger.proofMs = proofMs;
        if (ledger.claim != null) {
            ledger.claim = ledger.claim.under(ledger.foldVersion, proofMs);
        }
    }

    @Override
    public void timeSet(long nowMs) {
        told++;
        if (ledger.foldVersion < Claim.WITH_TERMS) {
            ledger.broken(
                    Guarantee.TIME,
                    "time set under fold version " + ledger.foldVersion + " (expected: " + Claim.WITH_TERMS
                            + " or later)");
            return;
        }
        if (nowMs < 0 || nowMs >= ledger.nowMs) {
            ledger.broken(
                    Guarantee.TIME,
                    "time set to " + nowMs + " (expected: back, to less than shard time " + ledger.nowMs + ")");
            return;
        }
        ledger.byNumber.values().forEach(known -> known.timeSet(ledger.nowMs, nowMs));
        ledger.nowMs = nowMs;
        steadiness.takenBack(nowMs);
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        told++;
        lives.accepted(number, task, acceptedMs);
    }

    @Override
    public void inboxSettled(long nextOffset, int leaderEpoch) {
        told++;
        inbox.settled(nextOffset, leaderEpoch);
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        told++;
        lives.leased(number, fence, new Lease(leaseMs, worker, pollId));
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        told++;
        reports.completed(number, fence, endedMs, late, result);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        told++;
        reports.failed(number, fence, retryAtMs, error);
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        told++;
        reports.returned(number, fence, retryAtMs);
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        told++;
        reports.leaseExpired(number, fence, counted);
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        told++;
        ends.deadLettered(number, cause, endedMs);
    }

    @Override
    public void expired(long number, long endedMs) {
        told++;
        ends.expired(number, endedMs);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        told++;
        ends.cancelled(number, endedMs);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        told++;
        lives.redriven(number, newNumber, redrivenMs, deadlineMs);
    }

    @Override
    public void purged(long number) {
        told++;
        lives.purged(number);
    }

    @Override
    public void endsPublished(long endNumber) {
        told++;
        if (endNumber <= ledger.publishedEnd || endNumber > ledger.lastEnd) {
            ledger.broken(
                    Guarantee.PUBLISHED,
                    "published end: " + endNumber + " (expected: more than " + ledger.publishedEnd + ", at most "
                            + ledger.lastEnd + ")");
        }
        ledger.published(Math.min(endNumber, ledger.lastEnd));
    }

    @Override
    public void based(Base base) {
        trimming.based(base, told++ == 0, bytesBefore);
    }

    @Override
    public void carried(Carried carried) {
        told++;
        trimming.carried(carried);
    }

    @Override
    public void trimmed(Trim trim) {
        told++;
        trimming.trimmed(trim);
    }

    @Override
    public void digested(long digest) {
        told++;
        ledger.tally.add(Count.DIGESTS);
    }
}
