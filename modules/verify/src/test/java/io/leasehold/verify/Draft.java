package io.leasehold.verify;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A journal that can still be changed: records as headers and facts, until it is read. */
final class Draft implements JournalTape {
    static final long START_MS = 1_800_000_000_000L;

    /** One record to be; what it says may be changed. */
    static final class Turn {
        TurnHeader header;
        final List<Consumer<Events>> facts = new ArrayList<>();
        private byte[] otherwise;

        Turn(TurnHeader header) {
            this.header = header;
        }

        /** The n-th fact, another one now. */
        void replace(int at, Consumer<Events> fact) {
            facts.set(at, fact);
        }

        /** Bytes that are no record. */
        void spoil() {
            becomes(99);
        }

        /** Other bytes. */
        void becomes(int... bytes) {
            otherwise = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                otherwise[i] = (byte) bytes[i];
            }
        }

        byte[] bytes() {
            if (otherwise != null) {
                return otherwise;
            }
            TurnWriter writer = new TurnWriter();
            writer.begin(header);
            facts.forEach(fact -> fact.accept(writer));
            return writer.toRecord();
        }
    }

    final List<Turn> turns = new ArrayList<>();
    private long epoch;
    private long seq;
    private long nowMs = START_MS;
    private long baseOffset;
    private int startsAt;

    static Claim claim(String owner, long digestEpoch, long digestSeq) {
        return new Claim(owner, "kafka", "journal", "inbox", 4, 1, 7, digestEpoch, digestSeq);
    }

    /** A coordinator claims the shard, having read everything. */
    Draft claimed(String owner) {
        Claim claim = claim(owner, epoch, seq);
        epoch++;
        seq = 0;
        return add(events -> events.claimed(claim));
    }

    /** The owner's next record, so much later. */
    @SafeVarargs
    final Draft turn(long laterMs, Consumer<Events>... facts) {
        nowMs += laterMs;
        seq++;
        return add(facts);
    }

    Draft basedAt(long baseOffset) {
        this.baseOffset = baseOffset;
        return this;
    }

    @SafeVarargs
    private Draft add(Consumer<Events>... facts) {
        Turn turn = new Turn(new TurnHeader(epoch, 100 + epoch, seq, nowMs, baseOffset));
        turn.facts.addAll(List.of(facts));
        turns.add(turn);
        return this;
    }

    long nowMs() {
        return nowMs;
    }

    /** What somebody else wrote there; the records behind it lie one further. */
    void inserted(int offset, byte[] value) {
        Turn turn = new Turn(null);
        turn.otherwise = value;
        turns.add(offset, turn);
    }

    /** Nothing was written from this offset on. */
    void cut(int offset) {
        turns.subList(offset, turns.size()).clear();
    }

    /** A record that changes its place in the claim, its time, or what it names. */
    void header(int offset, UnaryOperator<TurnHeader> change) {
        turns.get(offset).header = change.apply(turns.get(offset).header);
    }

    /** Records before this offset were deleted. */
    Draft deletedBefore(int offset) {
        startsAt = offset;
        return this;
    }

    @Override
    public long start() {
        return startsAt;
    }

    @Override
    public long end() {
        return turns.size();
    }

    @Override
    public void read(long from, long to, Listener listener) {
        for (long offset = from; offset < to; offset++) {
            listener.record(offset, 0, turns.get((int) offset).bytes());
        }
    }

    ShardVerdict verdict() {
        return verdict(From.BEGINNING);
    }

    ShardVerdict verdict(From from) {
        return ShardVerification.run(0, Rules.DEFAULT, from, this, null, null);
    }
}
