package io.leasehold.core.table;

/** A map from positive longs to longs: what the collector need not look into, however large it is. Not thread-safe. */
public final class LongLongTable extends LongKeys {
    private long[] values = new long[SMALLEST];

    /** What the key stands for; 0 if it is not here. */
    public long get(long key) {
        int slot = find(key);
        return slot < 0 ? 0 : values[slot];
    }

    /**
     * Puts the value in, in place of another of this key.
     *
     * @throws IllegalArgumentException if the key is not positive
     */
    public void put(long key, long value) {
        int slot = claim(key);
        values[slot] = value;
    }

    /** Takes out the key, if it is here. */
    public void remove(long key) {
        int slot = find(key);
        if (slot >= 0) {
            free(slot);
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    void clear(int slot) {
        values[slot] = 0;
    }

    @Override
    void spread(int slots, int[] to) {
        long[] old = values;
        values = new long[slots];
        for (int i = 0; i < old.length; i++) {
            if (to[i] >= 0) {
                values[to[i]] = old[i];
            }
        }
    }
}
