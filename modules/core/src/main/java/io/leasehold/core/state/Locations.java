package io.leasehold.core.state;

import io.leasehold.core.table.LongTable;

/**
 * Where tasks lie, by their numbers. Numbers are given in turn, so those of tasks with neighbouring numbers share a page, as
 * in a {@link NumberTable}.
 */
final class Locations {
    private static final int PAGE_BITS = 5;
    private static final int PAGE = 1 << PAGE_BITS;

    private final LongTable<long[]> pages = new LongTable<>();
    private int size;

    int size() {
        return size;
    }

    /** 0 if the number is not here. */
    long get(long number) {
        long[] page = pages.get(pageOf(number));
        return page == null ? 0 : page[placeOf(number)];
    }

    /** @param location not 0 */
    void put(long number, long location) {
        long[] page = pages.get(pageOf(number));
        if (page == null) {
            page = new long[PAGE];
            pages.put(pageOf(number), page);
        }
        if (page[placeOf(number)] == 0) {
            size++;
        }
        page[placeOf(number)] = location;
    }

    void remove(long number) {
        long[] page = pages.get(pageOf(number));
        if (page == null || page[placeOf(number)] == 0) {
            return;
        }
        page[placeOf(number)] = 0;
        size--;
        if (isEmpty(page)) {
            pages.remove(pageOf(number));
        }
    }

    private static boolean isEmpty(long[] page) {
        for (long location : page) {
            if (location != 0) {
                return false;
            }
        }
        return true;
    }

    /** Counts from 1, as the table's keys must. */
    private static long pageOf(long number) {
        return (number >>> PAGE_BITS) + 1;
    }

    private static int placeOf(long number) {
        return (int) number & (PAGE - 1);
    }
}
