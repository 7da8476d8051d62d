package io.leasehold.coordinator.port;

/**
 * How far a shard's journal had come, as its owner wrote it down outside of the log, after the fact. A log that falls short
 * of it has lost records.
 *
 * @param epoch of the owner's claim
 * @param base from where a replay could start
 * @param end one more than the offset of the last effective record
 */
public record Witness(String journalTopicId, String inboxTopicId, long epoch, long base, long end) {

    /** Whether it says more than another one does. */
    public boolean isBeyond(Witness other) {
        return other == null || epoch > other.epoch || (epoch == other.epoch && end > other.end);
    }
}
