package io.leasehold.core.event;

/**
 * What stands before the events of one journal record.
 *
 * @param epoch which claim of the shard its writer holds
 * @param nonce tells two claimants of the same epoch apart
 * @param seq 0 for the claim itself, then rising by one with each record of that claim
 * @param nowMs shard time: epoch milliseconds, never lower than in an earlier effective record, but where a fact in between
 *     took it back, and but for a claim's: that is as old as what its writer had read
 * @param baseOffset where a replay may start: at the base of the newest trim known to be effective; 0 for the journal's
 *     beginning
 */
public record TurnHeader(long epoch, long nonce, long seq, long nowMs, long baseOffset) {
    public boolean isClaim() {
        return seq == 0;
    }
}
