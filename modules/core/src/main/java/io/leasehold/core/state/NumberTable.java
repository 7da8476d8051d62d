package io.leasehold.core.state;

import io.leasehold.core.table.LongTable;
import java.util.function.Consumer;

/**
 * Tasks by their numbers. Numbers are given in turn, so tasks with neighbouring numbers share a page: the table of pages is
 * small enough to stay in the processor's caches, and a page costs little even where it holds one task.
 */
final class NumberTable {
    private static final int PAGE_BITS = 4;
    private static final int PAGE = 1 << PAGE_BITS;

    private final LongTable<TaskEntry[]> pages = new LongTable<>();
    private int size;

    int size() {
        return size;
    }

    /** Null if there is none. */
    TaskEntry get(long number) {
        TaskEntry[] page = pages.get(pageOf(number));
        return page == null ? null : page[placeOf(number)];
    }

    /** Puts the task in, in place of another with its number. */
    void put(TaskEntry entry) {
        TaskEntry[] page = pages.get(pageOf(entry.number));
        if (page == null) {
            page = new TaskEntry[PAGE];
            pages.put(pageOf(entry.number), page);
        }
        if (page[placeOf(entry.number)] == null) {
            size++;
        }
        page[placeOf(entry.number)] = entry;
    }

    void remove(long number) {
        TaskEntry[] page = pages.get(pageOf(number));
        if (page == null || page[placeOf(number)] == null) {
            return;
        }
        page[placeOf(number)] = null;
        size--;
        if (isEmpty(page)) {
            pages.remove(pageOf(number));
        }
    }

    private static boolean isEmpty(TaskEntry[] page) {
        for (TaskEntry entry : page) {
            if (entry != null) {
                return false;
            }
        }
        return true;
    }

    void forEach(Consumer<TaskEntry> each) {
        pages.forEach(page -> {
            for (TaskEntry entry : page) {
                if (entry != null) {
                    each.accept(entry);
                }
            }
        });
    }

    /** Counts from 1, as the table's keys must. */
    private static long pageOf(long number) {
        return (number >>> PAGE_BITS) + 1;
    }

    private static int placeOf(long number) {
        return (int) number & (PAGE - 1);
    }
}
