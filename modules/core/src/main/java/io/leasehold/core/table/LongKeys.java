package io.leasehold.core.table;

/**
 * The keys of a map from positive longs, by open addressing with linear probing (Knuth, The Art of Computer Programming
 * 6.4, algorithms L and R): no object an entry, which a hash map of boxed longs would cost a million times over. What the
 * keys stand for lies in the same slots of an array that the map itself holds. Not thread-safe.
 */
abstract class LongKeys {
    static final int SMALLEST = 16;
    private static final int NEIGHBOUR_BITS = 3;

    private long[] keys = new long[SMALLEST];
    private int size;
    private int shift = shiftFor(SMALLEST);

    public final int size() {
        return size;
    }

    /** Takes along what lies in a slot. */
    abstract void move(int from, int to);

    /** There is nothing in this slot any more. */
    abstract void clear(int slot);

    /** There are so many slots now, and what lay in slot i goes to slot {@code to[i]}, unless that is negative. */
    abstract void spread(int slots, int[] to);

    /** The slot of the key, or -1 if it is not here. */
    final int find(long key) {
        int slot = slotOf(key);
        return key > 0 && keys[slot] == key ? slot : -1;
    }

    /**
     * The slot of the key, which is here from now on.
     *
     * @throws IllegalArgumentException if the key is not positive
     */
    final int claim(long key) {
        if (key <= 0) {
            throw new IllegalArgumentException("key: " + key + " (expected: > 0)");
        }
        int slot = slotOf(key);
        if (keys[slot] == 0) {
            if ((size + 1) * 3L > keys.length * 2L) {
                grow();
                slot = slotOf(key);
            }
            keys[slot] = key;
            size++;
        }
        return slot;
    }

    /** The key in this slot is not here any more. */
    final void free(int slot) {
        int hole = slot;
        size--;
        int mask = keys.length - 1;
        for (int next = (hole + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
            int wanted = start(keys[next]);
            if (((next - wanted) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                move(next, hole);
                hole = next;
            }
        }
        keys[hole] = 0;
        clear(hole);
    }

    /** Where the key lies, or the empty slot where it would. */
    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = start(key);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Keys that differ in their lowest bits alone come to lie side by side, in one line of the processor's caches. */
    private int start(long key) {
        int block = (int) ((key >>> NEIGHBOUR_BITS) * 0x9E3779B97F4A7C15L >>> shift);
        return block << NEIGHBOUR_BITS | (int) key & (1 << NEIGHBOUR_BITS) - 1;
    }

    /** So that the highest bits of a product tell one of the blocks of so many slots. */
    private static int shiftFor(int slots) {
        return Long.SIZE - Integer.numberOfTrailingZeros(slots >>> NEIGHBOUR_BITS);
    }

    private void grow() {
        long[] old = keys;
        keys = new long[old.length * 2];
        shift = shiftFor(keys.length);
        int[] to = new int[old.length];
        for (int i = 0; i < old.length; i++) {
            to[i] = -1;
            if (old[i] != 0) {
                to[i] = slotOf(old[i]);
                keys[to[i]] = old[i];
            }
        }
        spread(keys.length, to);
    }
}
