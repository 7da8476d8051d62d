package io.leasehold.core.state;

import java.util.function.Consumer;

/**
 * A map from positive longs to objects by open addressing with linear probing (Knuth, The Art of Computer Programming
 * 6.4, algorithms L and R): no object an entry, which a hash map of boxed longs would cost a million times over.
 */
final class LongTable<V> {
    private static final int SMALLEST = 16;

    private long[] keys = new long[SMALLEST];
    private Object[] values = new Object[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    V get(long key) {
        int slot = slotOf(key);
        return keys[slot] == key ? (V) values[slot] : null;
    }

    void put(long key, V value) {
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

    void remove(long key) {
        int hole = slotOf(key);
        if (key <= 0 || keys[hole] != key) {
            return;
        }
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
    }

    @SuppressWarnings("unchecked")
    void forEach(Consumer<V> each) {
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

    private int start(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }

    @SuppressWarnings("unchecked")
    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = (V) oldValues[i];
            }
        }
    }
}
