package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;

/**
 * The way of turns into the log and of answers back out: nothing is said before its turn's record is effective, that is,
 * acknowledged right behind the last one, or with nothing but void records in between. One record is under way at a time; while it is, the next turn fills, so that
 * batches follow load. The acknowledgements also prove that the shard is ours, and hold our clock against the broker's.
 */
final class Gate {
    private final ShardParts parts;
    private final ShardState state;
    private final Fold fold;
    private final Recorder recorder;
    private final Clock clock;
    private final Proof proof;
    private final ClockTrust trust = new ClockTrust();

    private Turn turn;
    private Turn underWay;
    private final ReplayPart replayPart;
    private boolean appending;
    private long nextOffset;
    private long effectiveEnd;

    /** @param nextOffset where the next record must land to be effective */
    Gate(ShardParts parts, ShardState state, Fold fold, Recorder recorder, ReplayPart replayPart, long nextOffset) {
        this.parts = parts;
        this.state = state;
        this.fold = fold;
        this.recorder = recorder;
        this.clock = parts.clock();
        this.proof = new Proof(parts.options().proofMs());
        this.turn = new Turn(parts.options().turnBytes());
        this.underWay = new Turn(parts.options().turnBytes());
        this.replayPart = replayPart;
        this.nextOffset = nextOffset;
    }

    /** The claim is the first proof. */
    void begin(Sent claim) {
        proof.renew(claim.sentWallMs(), claim.sentMonotonicMs());
        trust.verify(claim);
    }

    /** The turn that is filling, open or not. */
    Turn turn() {
        return turn;
    }

    /** The turn that is filling, opened if it was not. */
    Turn openTurn() {
        if (!turn.isOpen()) {
            TurnHeader header =
                    new TurnHeader(state.epoch(), state.nonce(), state.seq() + 1, shardTime(), replayPart.base());
            if (!fold.begin(header)) {
                throw new IllegalStateException("own record is not next: " + header);
            }
            turn.open(header, clock.monotonicMs());
            recorder.into(turn);
        }
        return turn;
    }

    /** Shard time now: what a turn that opened now would carry. */
    long shardTime() {
        return trust.shardTime(clock.wallMs(), clock.monotonicMs(), state.nowMs());
    }

    /** From when a delay counts that begins in the open turn. */
    long delaysFrom() {
        return trust.delaysFrom(clock.wallMs(), clock.monotonicMs(), turn.nowMs());
    }

    boolean isAppending() {
        return appending;
    }

    /** Whether an idle owner owes the log a sign of life. */
    boolean isTickDue(long nowMs) {
        return nowMs >= nextTickMs();
    }

    /** When the newest own record was sent that is effective; by the monotonic clock. */
    long provenMs() {
        return proof.sentMonotonicMs();
    }

    long nextTickMs() {
        return proof.sentMonotonicMs() + parts.options().tickMs();
    }

    long nextOffset() {
        return nextOffset;
    }

    /** One more than the offset of the last own record that is effective; 0 before the first one behind the claim. */
    long effectiveEnd() {
        return effectiveEnd;
    }

    /** Of the journal, as far as it is effective. */
    ReplayPart replayPart() {
        return replayPart;
    }

    /** Sends what the turn holds, be it nothing but the time; the other turn fills from now on. */
    void send() {
        Turn full = openTurn();
        turn = underWay;
        underWay = full;
        full.seal(state);
        full.sentAt(clock.wallMs(), clock.monotonicMs());
        appending = true;
        parts.journal().append(full.writer().toRecord());
    }

    /**
     * The record under way was appended: if it stands right behind the last one, its turn is returned, and its answers
     * may go out; if not, someone else wrote in between, and null is returned.
     */
    Turn appended(long offset, long appendTimeMs) {
        if (offset != nextOffset) {
            return null;
        }
        nextOffset++;
        effectiveEnd = nextOffset;
        appending = false;
        replayPart.folded(offset, underWay.writer().size(), underWay.generation(), underWay.trimmed());
        long ackMs = clock.monotonicMs();
        proof.renew(underWay.sentWallMs(), underWay.sentMonotonicMs());
        trust.verify(new Sent(underWay.sentWallMs(), underWay.sentMonotonicMs(), clock.wallMs(), ackMs, appendTimeMs));
        parts.meters().appended(underWay.nanosSinceSent(), underWay.writer().size());
        return underWay;
    }

    /** What lies before this offset is known to be void. */
    void skipTo(long offset) {
        nextOffset = offset;
    }

    /** Everything that waits for an answer gets one: nobody knows what came of it. */
    void lose() {
        underWay.refuse(Refusal.OUTCOME_UNKNOWN);
        turn.refuse(Refusal.OUTCOME_UNKNOWN);
    }

    /** Whether a worker may be told that its lease holds. */
    boolean canSayOk() {
        return proof.isFresh(clock.wallMs(), clock.monotonicMs());
    }

    boolean isClockTrusted() {
        return isClockTrusted(clock.wallMs(), clock.monotonicMs());
    }

    boolean isClockTrusted(long wallMs, long monotonicMs) {
        return trust.isTrusted(wallMs, monotonicMs);
    }

    /** What is wrong with the time of day, or null. */
    String clockProblem() {
        if (isClockTrusted()) {
            return null;
        }
        return trust.isDoubted()
                ? "clock: jumped by " + trust.jumpedMs()
                        + " ms, as the broker's did (expected: that neither jumps); both"
                        + " are believed if they stay so for some minutes"
                : "clock: " + clockSkewMs() + " ms off the broker's (expected: at most " + ClockTrust.TOLERANCE_MS
                        + ")";
    }

    long clockSkewMs() {
        return trust.skewMs();
    }
}
