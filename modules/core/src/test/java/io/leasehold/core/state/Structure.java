package io.leasehold.core.state;

import io.leasehold.core.kit.Plain;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** All that a state holds, line by line: two states are equal if and only if their lines are. */
final class Structure {
    private Structure() {}

    static List<String> of(ShardState state) {
        List<String> lines = new ArrayList<>();
        lines.add("claim " + Plain.text(state.claim) + " " + state.epoch + " " + state.nonce + " " + state.seq);
        lines.add("released " + state.released);
        lines.add("now " + state.nowMs);
        lines.add("inbox " + state.inboxOffset + " of epoch " + state.inboxLeaderEpoch);
        lines.add("last number " + state.lastNumber);
        lines.add("last fence " + state.lastFence);
        lines.add("generation " + state.generation + " trimmed " + state.trimmed);
        lines.add("last end " + state.lastEnd + " published " + state.publishedEnd);
        lines.add("live " + state.live + " leased " + state.leases.size() + " bytes " + state.bytes);
        lines.addAll(tables(state));
        return lines;
    }

    /** The same, whatever queue was met first; queues that nothing is known of are left out. */
    static List<String> sorted(ShardState state) {
        return of(state).stream()
                .filter(line -> !line.matches("queue \\S+ \\[\\]( 0)+"))
                .sorted()
                .toList();
    }

    /** The tasks and what leads to them, without the shard's own marks. */
    static List<String> tables(ShardState state) {
        List<String> lines = new ArrayList<>();
        state.tasks().stream()
                .sorted(Comparator.comparingLong(TaskEntry::number))
                .forEach(entry -> lines.add(line(entry)));
        lines.add("by number " + state.byNumber.size() + ", ends " + state.ends.size() + ", by fence "
                + state.byFence.size());
        lines.add("delayed " + numbers(inOrder(state.delayed)));
        lines.add("deadlines " + numbers(inOrder(state.deadlines)));
        state.queues.values().forEach(queue -> lines.add(line(queue)));
        TreeMap<String, String> polls = new TreeMap<>();
        state.byPoll.forEach((key, entries) -> polls.put(key.toString(), numbers(entries)));
        lines.add("polls " + polls);
        state.unpublished.forEach(entry -> lines.add("unpublished " + line(entry)));
        lines.add("dead " + state.dead.keySet());
        return lines;
    }

    /** The heap's tasks in the order in which they leave it; they come back in. */
    static List<TaskEntry> inOrder(TaskHeap heap) {
        List<TaskEntry> entries = TaskHeapTest.drained(heap);
        entries.forEach(heap::add);
        return entries;
    }

    /** The same of a queue's ready tasks. */
    static List<TaskEntry> inOrder(ReadyTasks ready) {
        List<TaskEntry> entries = ReadyTasksTest.drained(ready);
        entries.forEach(ready::add);
        return entries;
    }

    static String line(TaskEntry entry) {
        return entry.number + " " + entry.state() + " " + Plain.text(entry.task()) + " accepted=" + entry.acceptedMs
                + " notBefore=" + entry.notBeforeMs + " attempt=" + entry.attempt() + " failures=" + entry.failures()
                + " expiries=" + entry.expiries() + " fence=" + entry.fence() + " reported=" + entry.reportedFence()
                + " error=" + Plain.text(entry.lastError()) + " ready=" + (entry.isWaiting() && entry.isReady()) + " "
                + Plain.text(entry.lease()) + " " + Plain.text(entry.end());
    }

    private static String line(TaskQueue queue) {
        StringBuilder line = new StringBuilder("queue " + queue.name() + " " + numbers(inOrder(queue.ready)));
        for (TaskState state : TaskState.values()) {
            for (PriorityBand band : PriorityBand.values()) {
                line.append(' ').append(queue.count(state, band));
            }
        }
        return line.toString();
    }

    private static String numbers(List<TaskEntry> entries) {
        return entries.stream().map(TaskEntry::number).toList().toString();
    }
}
