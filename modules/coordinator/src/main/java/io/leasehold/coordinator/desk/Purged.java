package io.leasehold.coordinator.desk;

/**
 * What became of a {@link Purge}.
 *
 * @param purged how many dead letters were given up
 * @param dead how many there were of the queue, if that was not what was expected and nothing was done; else -1
 */
public record Purged(int purged, long dead) {
    public static Purged of(int purged) {
        return new Purged(purged, -1);
    }

    public static Purged nothing(long dead) {
        return new Purged(0, dead);
    }

    /** Whether nothing was done since there were other dead letters than expected. */
    public boolean isAnotherNumber() {
        return dead >= 0;
    }
}
