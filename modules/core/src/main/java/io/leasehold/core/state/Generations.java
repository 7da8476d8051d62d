package io.leasehold.core.state;

/**
 * The tasks of a {@link ShardState} that are not remembered ends, in the order in which they joined their generation: those
 * of earlier generations, which are still to be carried, come first. A list through the entries themselves.
 */
final class Generations {
    private final ShardState state;

    Generations(ShardState state) {
        this.state = state;
    }

    /** The task belongs to the present generation from now on. */
    void join(TaskEntry entry) {
        entry.generation = (int) state.generation;
        entry.older = state.newest;
        entry.newer = null;
        if (state.newest == null) {
            state.oldest = entry;
        } else {
            state.newest.newer = entry;
        }
        state.newest = entry;
    }

    void leave(TaskEntry entry) {
        if (entry.older == null) {
            state.oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            state.newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
    }

    /** The entry takes the place of another one, which leaves: it was not accepted anew. */
    void replace(TaskEntry before, TaskEntry entry) {
        entry.generation = before.generation;
        entry.older = before.older;
        entry.newer = before.newer;
        if (before.older == null) {
            state.oldest = entry;
        } else {
            before.older.newer = entry;
        }
        if (before.newer == null) {
            state.newest = entry;
        } else {
            before.newer.older = entry;
        }
        before.older = null;
        before.newer = null;
    }
}
