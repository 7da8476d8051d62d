package io.leasehold.core.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tasks that are leased, in no order. Every one knows its place, so that it leaves in O(1). Not thread-safe. */
final class LeasedTasks {
    private TaskEntry[] entries = new TaskEntry[16];
    private int size;

    int size() {
        return size;
    }

    void add(TaskEntry entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        set(size, entry);
        size++;
    }

    void remove(TaskEntry entry) {
        size--;
        TaskEntry last = entries[size];
        set(entry.standsAt, last);
        entries[size] = null;
        entry.standsAt = TaskEntry.NOWHERE;
    }

    List<TaskEntry> list() {
        return new ArrayList<>(Arrays.asList(entries).subList(0, size));
    }

    private void set(int at, TaskEntry entry) {
        entries[at] = entry;
        entry.standsAt = at;
    }
}
