package io.leasehold.core.state;

import io.leasehold.core.kit.Lived;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
        endedBefore = lived.nowMs() - random.nextInt(10_000);
        upToEnd = random.nextInt(3) > 0 ? 0 : random.nextLong(lived.state().lastEnd() + 1);
    }

    /** False if nothing is left to be carried. */
    private boolean carry(int atMost) {
        ShardState state = lived.state();
        int carried = 0;
        TaskEntry entry = state.oldest();
        while (entry != null && entry.generation() < state.generation() && carried < atMost) {
            TaskEntry next = entry.newer();
            if (!entry.isForgettable(state.publishedEnd(), endedBefore, upToEnd)) {
                lived.decider().carry(entry);
                carried++;
            }
            entry = next;
        }
        return carried > 0;
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
