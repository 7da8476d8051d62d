package io.leasehold.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where tasks stand while they wait, and how many stand where: the heaps and the counts of a {@link ShardState}, kept in
 * step for the {@link Fold}. A task leaves the counts before it changes and enters them again afterwards.
 */
final class Places {
    private final ShardState state;
    private final Consumer<String> readied;
    /** Tasks of one queue often come together. */
    private TaskQueue recent;

    /** @param readied told the names of queues in which tasks become ready as time passes */
    Places(ShardState state, Consumer<String> readied) {
        this.state = state;
        this.readied = readied;
    }

    /** Delayed tasks whose start has come are ready from now on. */
    void pass(long nowMs) {
        TaskQueue last = null;
        for (TaskEntry entry = state.delayed.head();
                entry != null && entry.notBeforeMs <= nowMs;
                entry = state.delayed.head()) {
            count(entry, -1);
            state.delayed.remove(entry);
            entry.queue.ready.add(entry);
            count(entry, 1);
            if (entry.queue != last) {
                last = entry.queue;
                readied.accept(last.name());
            }
        }
    }

    /** Shard time goes back to {@code nowMs}. */
    void takeBack(long nowMs) {
        long beforeMs = state.nowMs;
        List<TaskEntry> early = new ArrayList<>();
        state.byNumber.forEach(entry -> {
            if (entry.past.end == null && entry.notBeforeMs > nowMs) {
                early.add(entry);
            }
        });
        for (TaskEntry entry : early) {
            leave(entry);
            if (entry.isWaiting()) {
                stopWaiting(entry);
            }
        }
        state.nowMs = nowMs;
        for (TaskEntry entry : early) {
            if (entry.isPutOff()) {
                entry.notBeforeMs = nowMs + Math.max(0, entry.notBeforeMs - beforeMs);
            }
            if (entry.isWaiting()) {
                startWaiting(entry);
            }
            enter(entry);
        }
    }

    void startWaiting(TaskEntry entry) {
        if (entry.hasDeadline()) {
            state.deadlines.add(entry);
        }
        if (entry.notBeforeMs <= state.nowMs) {
            entry.queue.ready.add(entry);
        } else {
            state.delayed.add(entry);
        }
    }

    void stopWaiting(TaskEntry entry) {
        if (entry.hasDeadline()) {
            state.deadlines.remove(entry);
        }
        if (entry.isReady()) {
            entry.queue.ready.remove(entry);
        } else {
            state.delayed.remove(entry);
        }
    }

    /** A task that is to be among the others; it has yet to enter the counts. */
    void join(TaskEntry entry) {
        entry.queue = queueOf(entry);
        state.taskDigests += StateDigest.asked(entry);
    }

    /** Takes the task out of the counts, before it changes. */
    void leave(TaskEntry entry) {
        count(entry, -1);
        weigh(entry, -1);
    }

    /** Takes the task out of the counts for ever; a queue of which nothing is remembered goes with it. */
    void forget(TaskEntry entry) {
        depart(entry);
        if (entry.queue.isEmpty()) {
            state.queues.remove(entry.queue.name());
            state.queuesByName.remove(entry.queue.name());
            state.bytes -= entry.queue.bytes();
            recent = null;
        }
    }

    /** Takes the task out of the counts for ever, when another comes into its queue. */
    void depart(TaskEntry entry) {
        leave(entry);
        state.taskDigests -= StateDigest.asked(entry);
    }

    /** What is not worth keeping of a task that will not run again. */
    void dropPayload(TaskEntry entry) {
        state.taskDigests -= StateDigest.asked(entry);
        entry.dropPayload();
        state.taskDigests += StateDigest.asked(entry);
    }

    /** Counts the task as it is now. */
    void enter(TaskEntry entry) {
        count(entry, 1);
        weigh(entry, 1);
    }

    /** The task, which is counted and has ended, is packed among the remembered ends, where it takes less memory. */
    void pack(TaskEntry entry) {
        state.bytes -= entry.bytes();
        state.ends.put(entry);
        state.bytes += entry.bytes();
    }

    private void count(TaskEntry entry, int by) {
        boolean wasHeld = entry.queue.isHeld();
        entry.queue.count(entry, by);
        if (wasHeld != entry.queue.isHeld()) {
            state.heldQueues += wasHeld ? -1 : 1;
        }
    }

    private void weigh(TaskEntry entry, int by) {
        state.bytes += by * entry.bytes();
        if (entry.hasEndedForGood()) {
            state.endBytes += by * entry.carryBytes();
        } else {
            state.carryBytes += by * entry.carryBytes();
        }
        state.taskDigests += by * StateDigest.became(entry);
    }

    private TaskQueue queueOf(TaskEntry entry) {
        if (recent == null || !entry.task().isOfQueue(recent.utf8)) {
            recent = state.queues.computeIfAbsent(entry.task().queue(), this::made);
        }
        return recent;
    }

    private TaskQueue made(String name) {
        TaskQueue queue = new TaskQueue(name);
        state.queuesByName.put(name, queue);
        state.bytes += queue.bytes();
        return queue;
    }
}
