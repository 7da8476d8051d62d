package io.leasehold.core.state;

import io.leasehold.core.task.TaskState;
import java.nio.charset.StandardCharsets;

/** One queue of one shard: its ready tasks in dispatch order, and how many tasks stand where. */
public final class TaskQueue {
    private static final int STATES = TaskState.values().length;
    private static final int BANDS = PriorityBand.values().length;

    private final String name;
    /** As tasks spell it. */
    final byte[] utf8;

    final ReadyTasks ready = new ReadyTasks();
    private final long[] counts = new long[STATES * BANDS];

    TaskQueue(String name) {
        this.name = name;
        this.utf8 = name.getBytes(StandardCharsets.UTF_8);
    }

    public String name() {
        return name;
    }

    /** The task to dispatch next, or null. */
    public TaskEntry head() {
        return ready.head();
    }

    public int ready() {
        return ready.size();
    }

    public long count(TaskState state, PriorityBand band) {
        return counts[state.ordinal() * BANDS + band.ordinal()];
    }

    /** Whether no task of this queue is remembered. */
    boolean isEmpty() {
        for (long count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    void count(TaskEntry entry, int by) {
        counts[entry.state().ordinal() * BANDS + PriorityBand.of(entry.priority).ordinal()] += by;
    }
}
