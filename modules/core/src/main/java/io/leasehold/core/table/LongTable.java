package io.leasehold.core.table;

import java.util.function.Consumer;

/** A map from positive longs to objects. Not thread-safe. */
public final class LongTable<V> extends LongKeys {
    private Object[] values = new Object[SMALLEST];

    /** The object of the key, or null. */
    @SuppressWarnings("unchecked")
    public V get(long key) {
        int slot = find(key);
        return slot < 0 ? null : (V) values[slot];
    }

    /**
     * Puts the object in, in place of another with its key.
     *
     * @throws IllegalArgumentException if the key is not positive
     */
    public void put(long key, V value) {
        int slot = claim(key);
        values[slot] = value;
    }

    /** Takes out the key and returns its object, or null if it was not there. */
    @SuppressWarnings("unchecked")
    public V remove(long key) {
        int slot = find(key);
        if (slot < 0) {
            return null;
        }
        V removed = (V) values[slot];
        free(slot);
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

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    void clear(int slot) {
        values[slot] = null;
    }

    @Override
    void spread(int slots, int[] to) {
        Object[] old = values;
        values = new Object[slots];
        for (int i = 0; i < old.length; i++) {
            if (to[i] >= 0) {
                values[to[i]] = old[i];
            }
        }
    }
}
