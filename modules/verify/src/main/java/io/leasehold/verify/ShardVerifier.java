package io.leasehold.verify;

import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.wire.UnreadableRecordException;

/**
 * Reads the journal of one shard, record by record, and holds it against the guarantees. Takes memory for the tasks that are
 * remembered, not for the length of the log. Not thread-safe.
 */
public final class ShardVerifier {
    private final int shard;
    private final long start;
    private final Ledger ledger;
    private final Trimming trimming;
    private final Sequence sequence;
    private final Marks marks;
    private final Steadiness steadiness;
    private final Facts facts;
    private final EndedCheck endedCheck;
    private final TurnReader reader = new TurnReader();
    private long nextOffset;
    private long bytes;

    /**
     * @param start the offset of the first record that will be told; at a base, unless it is 0
     * @param inbox what the settled part of the inbox is held against, or null
     * @param keepsEnds whether ends are kept, to hold the topic of ended tasks against them
     */
    public ShardVerifier(int shard, Rules rules, long start, InboxTape inbox, boolean keepsEnds) {
        this.shard = shard;
        this.start = start;
        this.nextOffset = start;
        this.ledger = new Ledger(shard, rules, keepsEnds);
        this.trimming = new Trimming(ledger, start);
        this.sequence = new Sequence(ledger);
        this.marks = new Marks(ledger, start);
        this.steadiness = new Steadiness(rules.deadlineSlackMs());
        this.facts = new Facts(ledger, trimming, new InboxCheck(shard, ledger, inbox), steadiness);
        this.endedCheck = new EndedCheck(ledger);
    }

    /** Takes the next record of the log, void ones included. */
    public void record(long offset, byte[] value) {
        ledger.offset = offset;
        ledger.tally.add(Count.RECORDS);
        if (offset != nextOffset) {
            ledger.broken(Guarantee.SEQUENCE, "offset: " + offset + " (expected: " + nextOffset + ")");
        }
        nextOffset = offset + 1;
        try {
            record(reader.header(value), value);
        } catch (UnreadableRecordException e) {
            if (!marks.takeGarbage(value)) {
                ledger.broken(Guarantee.READABLE, e.getMessage());
            }
        }
        bytes += value.length;
    }

    private void record(TurnHeader header, byte[] value) {
        trimming.named(header.baseOffset());
        boolean isFirst = ledger.offset == start;
        if (isFirst && start > 0) {
            if (!reader.isBaseAfterHeader()) {
                throw new UnreadableRecordException("journal record to start from: no base (expected: a base)");
            }
            sequence.beginAt(header);
        } else if (!sequence.begin(header)) {
            ledger.tally.add(Count.VOID);
            marks.takeMark(value);
            return;
        }
        steadiness.pass(ledger.nowMs);
        facts.begin(header, bytes);
        reader.events(facts);
        facts.end();
    }

    /** Nowhere can a replay start. */
    void noStart(long logStart, long logEnd) {
        ledger.offset = logStart;
        ledger.broken(
                Guarantee.READABLE,
                "the log starts at offset " + logStart + ", and no record up to " + logEnd
                        + " names a base there or later (expected: all records since a trimmed base)");
    }

    /** Once all records were told: holds the topic of ended tasks against the ends. */
    public void ended(EndedTape ended) {
        endedCheck.check(ended);
    }

    /** What it all comes to. Told once, at the end. */
    public ShardVerdict verdict() {
        marks.end();
        if (ledger.partial) {
            ledger.broken(
                    Guarantee.TRIMS,
                    "the base at " + start
                            + " is not trimmed up to the log's end (expected: its trim, before any record"
                            + " names it)");
        }
        for (Known known : ledger.byNumber.values()) {
            standing(known);
        }
        ledger.tally.set(Count.INBOX_POSITION, ledger.inboxOffset);
        ledger.tally.set(Count.PUBLISHED_END, ledger.publishedEnd);
        ledger.tally.set(Count.BYTES, bytes);
        ledger.tally.set(Count.REPLAY_BYTES, bytes - trimming.bytesBeforeReplay());
        return new ShardVerdict(
                shard,
                start,
                nextOffset,
                ledger.tally.toMap(),
                ledger.findings.times(),
                ledger.findings.first(),
                marks.voided());
    }

    private void standing(Known known) {
        if (!known.isLive() && !known.isDead()) {
            ledger.tally.add(Count.REMEMBERED_ENDS);
            return;
        }
        ledger.tally.add(known.isLive() ? Count.LIVE : Count.DEAD);
        ledger.tally.add(Count.LIVE_BYTES, known.bytes());
        if (known.whole && known.isWaiting() && steadiness.isLongPast(known.task.deadlineMs())) {
            ledger.broken(
                    Guarantee.DEADLINES,
                    known,
                    "waits at shard time " + ledger.nowMs
                            + ", the log's end (expected: its end, since its deadline passed at "
                            + known.task.deadlineMs() + ")");
        }
    }
}
