package io.leasehold.core.state;

import io.leasehold.core.kit.Lived;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Carries and trims a shard's journal in slices, between whatever else happens to it. */
public final class Trims {
    private final Lived lived;
    private final Random random;
    /** Where replays may start. */
    private final List<Integer> bases = new ArrayList<>();

    private int candidate = -1;
    private long endedBefore;
    private long upToEnd;
    private int forgotten;
    private Supplier<TaskEntry> earlierEnds;

    public Trims(Lived lived, Random random) {
        this.lived = lived;
        this.random = random;
    }

    public List<Integer> bases() {
        return bases;
    }

    public int forgotten() {
        return forgotten;
    }

    public void next() {
        if (candidate < 0) {
            begin();
        } else if (!carry(1 + random.nextInt(20))) {
            trim();
        }
        if (random.nextInt(4) == 0) {
            lived.decider().digest();
        }
    }

    private void begin() {
        lived.turn(0);
        lived.decider().base();
        candidate = lived.offset();
        earlierEnds = null;
        endedBefore = lived.nowMs() - random.nextInt(10_000);
        upToEnd = random.nextInt(3) > 0 ? 0 : random.nextLong(lived.state().lastEnd() + 1);
    }

    /** False if nothing is left to be carried. */
    private boolean carry(int atMost) {
        int carried = 0;
        while (carried < atMost) {
            TaskEntry next = next(lived.state());
            if (next == null) {
                return carried > 0;
            }
            if (!next.isForgettable(lived.state().publishedEnd(), endedBefore, upToEnd)) {
                lived.decider().carry(next);
                carried++;
            }
        }
        return true;
    }

    private TaskEntry next(ShardState state) {
        TaskEntry oldest = state.oldest();
        if (oldest != null && oldest.generation() < state.generation()) {
            return oldest;
        }
        if (earlierEnds == null) {
            earlierEnds = state.earlierEnds();
        }
        return earlierEnds.get();
    }

    private void trim() {
        int before = lived.state().remembered();
        if (lived.decider().trim(candidate, endedBefore, upToEnd)) {
            bases.add(candidate);
            lived.replayFrom(candidate);
            candidate = -1;
            forgotten += before - lived.state().remembered();
        }
    }
}
