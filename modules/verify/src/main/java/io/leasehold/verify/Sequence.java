package io.leasehold.verify;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;

/** Tells effective records from void ones: only the next record of the claim in force is effective, or a higher claim. */
final class Sequence {
    private final Ledger ledger;
    private long nonce;

    Sequence(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Begins with a record in the midst of a claim, as if everything before it had been told. */
    void beginAt(TurnHeader header) {
        take(header);
    }

    /** Whether the record is effective. */
    boolean begin(TurnHeader header) {
        long epoch = ledger.epoch;
        long seq = ledger.seq;
        if (header.isClaim()) {
            if (header.epoch() <= epoch) {
                return false;
            }
            if (header.epoch() != epoch + 1) {
                ledger.broken(Guarantee.CLAIMS, "claim: " + header.epoch() + " (expected: " + (epoch + 1) + ")");
            }
        } else if (header.epoch() != epoch || header.nonce() != nonce || epoch == 0) {
            return false;
        } else if (header.seq() != seq + 1) {
            if (header.seq() > seq + 1) {
                ledger.broken(
                        Guarantee.SEQUENCE,
                        "record " + header.seq() + " of claim " + epoch + " (expected: " + (seq + 1)
                                + "; what lay between is missing, and from here on the claim's records are void)");
            }
            return false;
        }
        take(header);
        return true;
    }

    private void take(TurnHeader header) {
        nonce = header.nonce();
        ledger.priorEpoch = ledger.epoch;
        ledger.priorSeq = ledger.seq;
        ledger.epoch = header.epoch();
        ledger.seq = header.seq();
        // A claim carries the time of when it was sent; what landed before it meanwhile may be younger.
        if (!header.isClaim() && header.nowMs() < ledger.nowMs) {
            ledger.broken(
                    Guarantee.TIME, "shard time: " + header.nowMs() + " (expected: not before " + ledger.nowMs + ")");
        }
        if (!header.isClaim() || ledger.foldVersion < Claim.WITH_TERMS) {
            ledger.nowMs = Math.max(ledger.nowMs, header.nowMs());
        }
    }
}
