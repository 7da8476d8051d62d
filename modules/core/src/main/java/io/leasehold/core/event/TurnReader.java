package io.leasehold.core.event;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.wire.RecentText;
import io.leasehold.core.wire.UnreadableRecordException;
import io.leasehold.core.wire.WireReader;

/**
 * Reads a journal record that {@link TurnWriter} wrote: first the header, then, if the listener wants them, the events.
 * Whatever the bytes, it throws nothing but {@link UnreadableRecordException}. Not thread-safe.
 */
public final class TurnReader {
    private final WireReader in = new WireReader();
    private final RecentText worker = new RecentText();
    private final RecentText pollId = new RecentText();
    private final CarriedForm carriedForm = new CarriedForm(worker, pollId);

    /** Begins a record. */
    public TurnHeader header(byte[] record) {
        if (record == null) {
            throw new UnreadableRecordException("journal record: null (expected: bytes)");
        }
        in.begin(record);
        int format = in.one();
        if (format != TurnWriter.FORMAT) {
            throw new UnreadableRecordException(
                    "journal record format: " + format + " (expected: " + TurnWriter.FORMAT + ")");
        }
        return new TurnHeader(in.varint(), in.fixed64(), in.varint(), in.varint(), in.varint());
    }

    /** Whether the record that {@link #header} began starts with a base. */
    public boolean isBaseAfterHeader() {
        return in.hasMore()
                && (in.peek() == EventKind.BASE
                        || in.peek() == EventKind.BASE_WITH_TERMS
                        || in.peek() == EventKind.BASE_WITH_LEADER_EPOCH);
    }

    /** Tells the rest of the record that {@link #header} began. */
    public void events(Events to) {
        while (in.hasMore()) {
            event(in.one(), to);
        }
    }

    /** The claim with which the record that {@link #header} began starts; {@link #events} still tells it. */
    public Claim claimAfterHeader() {
        int start = in.at();
        int kind = in.one();
        if (kind != EventKind.CLAIMED && kind != EventKind.CLAIMED_WITH_TERMS) {
            throw new UnreadableRecordException("first event of a claim: " + kind + " (expected: a claim)");
        }
        Claim claim = claim(kind == EventKind.CLAIMED_WITH_TERMS);
        in.backTo(start);
        return claim;
    }

    private void event(int kind, Events to) {
        switch (kind) {
            case EventKind.CLAIMED -> to.claimed(claim(false));
            case EventKind.CLAIMED_WITH_TERMS -> to.claimed(claim(true));
            case EventKind.RELEASED -> to.released();
            case EventKind.TERMS_SET -> to.termsSet(foldVersion(true), proofMs());
            case EventKind.TIME_SET -> to.timeSet(in.varint());
            case EventKind.ACCEPTED -> to.accepted(ordinal(in), Task.read(in), in.varint());
            case EventKind.INBOX_SETTLED -> to.inboxSettled(in.varint(), -1);
            case EventKind.INBOX_SETTLED_WITH_EPOCH -> to.inboxSettled(in.varint(), leaderEpoch(in.varint()));
            case EventKind.LEASED ->
                to.leased(ordinal(in), ordinal(in), in.varint(), required("worker", in.text(worker)), in.text(pollId));
            case EventKind.COMPLETED -> to.completed(ordinal(in), ordinal(in), in.varint(), in.one() == 1, in.bytes());
            case EventKind.FAILED -> to.failed(ordinal(in), ordinal(in), in.varint(), in.text());
            case EventKind.RETURNED -> to.returned(ordinal(in), ordinal(in), in.varint());
            case EventKind.LEASE_EXPIRED -> to.leaseExpired(ordinal(in), ordinal(in), in.one() == 1);
            case EventKind.DEAD_LETTERED -> to.deadLettered(ordinal(in), cause(in), in.varint());
            case EventKind.EXPIRED -> to.expired(ordinal(in), in.varint());
            case EventKind.CANCELLED -> to.cancelled(ordinal(in), in.varint());
            case EventKind.REDRIVEN -> to.redriven(ordinal(in), ordinal(in), in.varint(), deadline());
            case EventKind.PURGED -> to.purged(ordinal(in));
            case EventKind.ENDS_PUBLISHED -> to.endsPublished(in.varint());
            case EventKind.BASE -> to.based(base(false));
            case EventKind.BASE_WITH_TERMS -> to.based(base(true));
            case EventKind.BASE_WITH_LEADER_EPOCH -> to.based(baseWithLeaderEpoch());
            case EventKind.CARRIED -> to.carried(carried(EventKind.CARRIED));
            case EventKind.CARRIED_PURGED -> to.carried(carried(EventKind.CARRIED_PURGED));
            case EventKind.CARRIED_WITH_LENGTHS -> to.carried(carried(EventKind.CARRIED_WITH_LENGTHS));
            case EventKind.TRIMMED -> to.trimmed(new Trim(ordinal(in), in.varint(), in.varint(), in.varint()));
            case EventKind.DIGESTED -> to.digested(in.fixed64());
            default ->
                throw new UnreadableRecordException(
                        "journal event kind: " + kind + " (expected: a kind of this release or an older one)");
        }
    }

    private Claim claim(boolean saysTerms) {
        return new Claim(
                required("owner", in.text()),
                required("cluster id", in.text()),
                required("journal topic id", in.text()),
                required("inbox topic id", in.text()),
                (int) in.varint(),
                foldVersion(saysTerms),
                saysTerms ? proofMs() : 0,
                in.fixed64(),
                in.varint(),
                in.varint());
    }

    /** Each version has one shape of its claims. */
    private int foldVersion(boolean saysTerms) {
        long version = in.varint();
        if (saysTerms != version >= Claim.WITH_TERMS || version != (int) version) {
            throw new UnreadableRecordException("fold version: " + version + " (expected: "
                    + (saysTerms ? "at least " : "below ") + Claim.WITH_TERMS + ", by the kind of its fact)");
        }
        return (int) version;
    }

    private long proofMs() {
        long proofMs = in.varint();
        if (proofMs < 0 || proofMs > Claim.MOST_PROOF_MS) {
            throw new UnreadableRecordException(
                    "proof age of the terms: " + proofMs + " ms (expected: from 0 to " + Claim.MOST_PROOF_MS + ")");
        }
        return proofMs;
    }

    private Base base(boolean saysTerms) {
        return new Base(ordinal(in), in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), claim(saysTerms));
    }

    /** Each code has one shape, so that a release that knows no purges or lengths does not take one for something else. */
    private Carried carried(int kind) {
        Carried carried = carriedForm.read(in);
        boolean purged = kind == EventKind.CARRIED_PURGED;
        if (carried.isPurged() != purged) {
            throw new UnreadableRecordException("carried task " + carried.number() + ": "
                    + (purged ? "not purged (expected: purged" : "purged (expected: not purged")
                    + ", by the kind of its fact)");
        }
        if (kind != TurnWriter.kindOf(carried)) {
            throw new UnreadableRecordException("lengths of carried task " + carried.number() + ": "
                    + (kind == EventKind.CARRIED ? "some (expected: none" : "none (expected: some")
                    + ", by the kind of its fact)");
        }
        return carried;
    }

    private Base baseWithLeaderEpoch() {
        Base base = new Base(
                ordinal(in),
                in.varint(),
                leaderEpoch(in.varint() - 1),
                in.varint(),
                in.varint(),
                in.varint(),
                in.varint(),
                claim(true));
        int version = base.claim().foldVersion();
        if (version < Base.WITH_LEADER_EPOCH) {
            throw new UnreadableRecordException("fold version: " + version + " (expected: at least "
                    + Base.WITH_LEADER_EPOCH + ", by the kind of its fact)");
        }
        return base;
    }

    private static int leaderEpoch(long value) {
        if (value < -1 || value > Integer.MAX_VALUE) {
            throw new UnreadableRecordException(
                    "leader epoch: " + value + " (expected: from -1 to " + Integer.MAX_VALUE + ")");
        }
        return (int) value;
    }

    private long deadline() {
        long value = in.varint();
        return value == 0 ? Task.NO_DEADLINE : value;
    }

    static EndCause cause(WireReader in) {
        int code = in.one();
        EndCause cause = EndCause.ofCode(code);
        if (cause == null) {
            throw new UnreadableRecordException("end cause: " + code + " (expected: a cause of this release)");
        }
        return cause;
    }

    static String required(String what, String value) {
        if (value == null) {
            throw new UnreadableRecordException(what + ": none (expected: text)");
        }
        return value;
    }

    /** The number of a task or a fence: these count from 1. */
    static long ordinal(WireReader in) {
        long value = in.varint();
        if (value <= 0) {
            throw new UnreadableRecordException("task number or fence: " + value + " (expected: > 0)");
        }
        return value;
    }
}
