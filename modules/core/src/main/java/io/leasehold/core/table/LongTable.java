package io.leasehold.core.table;

import java.util.function.Consumer;

/**
 * A map from positive longs to objects by open addressing with linear probing (Knuth, The Art of Computer Programming
 * 6.4, algorithms L and R): no object an entry, which a hash map of boxed longs would cost a million times over. Not
 * thread-safe.
 */
public final class LongTable<V> {
    private static final int SMALLEST = 16;
    private static final int NEIGHBOUR_BITS = 3;

    private long[] keys = new long[SMALLEST];
    private Object[] values = new Object[SMALLEST];
    private int size;
    private int shift = shiftFor(SMALLEST);

    public int size() {
        return size;
    }

    /** The object of the key, or null. */
    @SuppressWarnings("unchecked")
    public V get(long key) {
        int slot = slotOf(key);
        return keys[slot] == key ? (V) values[slot] : null;
    }

    /**
     * Puts the object in, in place of another with its key.
     *
     * @throws IllegalArgumentException if the key is not positive
     */
    public void put(long key, V value) {
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
        values[slot] = value;
    }

    /** Takes out the key and returns its object, or null if it was not there. */
    @SuppressWarnings("unchecked")
    public V remove(long key) {
        int hole = slotOf(key);
        if (key <= 0 || keys[hole] != key) {
            return null;
        }
        V removed = (V) values[hole];
        size--;
        int mask = keys.length - 1;
        for (int next = (hole + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
            int wanted = start(keys[next]);
            if (((next - wanted) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        keys[hole] = 0;
        values[hole] = null;
        return removed;
    }

    /** In no order. */
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<V> each) {
        for (Object value : values) {
            if (value != null) {
                each.accept((V) value);
            }
        }
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

    @SuppressWarnings("unchecked")
    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        shift = shiftFor(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = (V) oldValues[i];
            }
        }
    }
}
