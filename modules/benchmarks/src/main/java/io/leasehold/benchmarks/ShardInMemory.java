package io.leasehold.benchmarks;

import io.leasehold.core.decide.Decider;
import io.leasehold.core.decide.Grant;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.kit.Told;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import java.util.ArrayList;
import java.util.List;

/** A shard's decider and fold in one long turn, or in turns that are written down. Not thread-safe. */
final class ShardInMemory {
    static final int PAYLOAD_BYTES = 100;

    private static final long START_MS = 1_800_000_000_000L;
    private static final int PRIORITIES = 10;
    private static final Policy ROOMY = new Policy(3, Integer.MAX_VALUE, Long.MAX_VALUE, 10_000);
    private static final Report SUCCESS = new Report(Report.Outcome.SUCCESS, new byte[0], null, true, -1);

    private final ShardState state = new ShardState();
    private final Fold fold = new Fold(state);
    private final TurnWriter writer;
    private final Decider decider;
    private final List<byte[]> records = new ArrayList<>();

    /** Without a journal. */
    ShardInMemory() {
        writer = null;
        decider = new Decider(state, fold, ROOMY, bound -> 0);
        claim(fold);
        open();
    }

    private ShardInMemory(TurnWriter writer) {
        this.writer = writer;
        Events both = Told.all(writer, fold);
        decider = new Decider(state, both, ROOMY, bound -> 0);
        claim(both);
        records.add(writer.toRecord());
        open();
    }

    /** With one. */
    static ShardInMemory written() {
        return new ShardInMemory(new TurnWriter());
    }

    void accept(int number) {
        decider.accept(
                Tasks.id("task-" + number)
                        .priority(priority(number))
                        .payload(new byte[PAYLOAD_BYTES])
                        .task(),
                START_MS);
    }

    static int priority(int number) {
        return Math.floorMod(number * 0x9E3779B9 >>> 8, PRIORITIES);
    }

    List<Grant> lease(int max) {
        return decider.grant(new Wanted("worker", List.of("default"), max, Long.MAX_VALUE, 0, null), START_MS);
    }

    void complete(List<Grant> grants) {
        for (Grant grant : grants) {
            decider.report(grant.fence(), SUCCESS, START_MS, START_MS);
        }
        decider.publishedEnds(state.lastEnd());
    }

    /** Ends the turn and begins the next. */
    void turn() {
        records.add(writer.toRecord());
        open();
    }

    List<byte[]> records() {
        return records;
    }

    private void claim(Events out) {
        begin(new TurnHeader(1, 1, 0, START_MS, 0));
        out.claimed(new Claim(
                "owner",
                "kafka",
                "journal",
                "inbox",
                1,
                Fold.VERSION,
                StateDigest.of(state),
                state.epoch(),
                state.seq()));
    }

    private void open() {
        begin(new TurnHeader(state.epoch(), state.nonce(), state.seq() + 1, START_MS, 0));
    }

    private void begin(TurnHeader header) {
        if (!fold.begin(header)) {
            throw new IllegalStateException("void: " + header + " (expected: the next record)");
        }
        if (writer != null) {
            writer.begin(header);
        }
    }
}
