package io.leasehold.coordinator.desk;

/**
 * Who waits for an answer. Exactly one of the two is called, once, on a shard's thread or the caller's own; neither may
 * block or throw.
 */
public interface Answer<T> {
    void done(T value);

    void refused(Refusal why);
}
