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

    /** What a queue takes in memory beside its name, and what leads to it, about. */
    private static final int QUEUE_BYTES = 1_024;

    final ReadyTasks ready = new ReadyTasks();
    /** Live tasks and dead letters. */
    private long held;

    /** Those of dead letters that were purged come last. */
    private final long[] counts = new long[(STATES + 1) * BANDS];

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

    /** Dead letters that were purged are in none of these counts. */
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

    /** Whether it has live tasks or dead letters: it is not just the queue of ends that are remembered. */
    public boolean isHeld() {
        return held > 0;
    }

    /** About how much memory it takes, its tasks aside. */
    long bytes() {
        return QUEUE_BYTES + 3L * utf8.length;
    }

    void count(TaskEntry entry, int by) {
        boolean purged = entry.isPurged();
        int state = purged ? STATES : entry.state().ordinal();
        counts[state * BANDS + PriorityBand.of(entry.priority).ordinal()] += by;
        if (!entry.state().isEnd() || (entry.state() == TaskState.DEAD && !purged)) {
            held += by;
        }
    }
}
