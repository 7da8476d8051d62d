package io.leasehold.client.logic;

import java.util.ArrayList;
import java.util.List;

/** One call of the logic: its time, and what it wants done. */
final class Turn {
    static final long NEVER = Long.MAX_VALUE;

    final long nowMs;
    private final List<Action> actions = new ArrayList<>();
    private long wakeMs = NEVER;

    Turn(long nowMs) {
        this.nowMs = nowMs;
    }

    void add(Action action) {
        actions.add(action);
    }

    void wakeBy(long atMs) {
        wakeMs = Math.min(wakeMs, atMs);
    }

    /** After the last turn there is nothing to wake for. */
    List<Action> last() {
        return actions;
    }

    List<Action> finished() {
        if (wakeMs != NEVER) {
            actions.add(new Action.WakeAt(Math.max(wakeMs, nowMs)));
        }
        return actions;
    }
}
