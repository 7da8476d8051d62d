package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.shard.AgreedFold;

/**
 * Which fold version every registered coordinator reads, those that leave included, and for how long that has been seen
 * without a break. A coordinator that reads less and is away for less than that, to be started again, does not come back to
 * journals that it cannot read. What was not seen, since the cluster's store was out of reach or this process stood still,
 * counts for nothing.
 */
public final class FoldAgreement {
    /** The map is looked at several times a second; longer ago, anybody may have come and gone. */
    private static final long BREAK_MS = 5_000;

    private final int newestVersion;
    private final long settleMs;
    private final Clock clock;
    private int version;
    private long sinceMs;
    private long lookedMs;
    private boolean seen;

    /**
     * @param newestVersion that this coordinator reads
     * @param settleMs for how long all must have read a version before it counts as settled
     */
    public FoldAgreement(int newestVersion, long settleMs, Clock clock) {
        this.newestVersion = newestVersion;
        this.settleMs = settleMs;
        this.clock = clock;
    }

    /** Takes the latest map; to be called several times a second. */
    AgreedFold look(ClusterMap map) {
        long nowMs = clock.monotonicMs();
        int oldest = map.members().stream().mapToInt(Member::foldVersion).min().orElse(newestVersion);
        int now = Math.min(newestVersion, oldest);
        boolean known = map.connected() && !map.members().isEmpty();
        if (!known || !seen || now != version || nowMs - lookedMs > BREAK_MS) {
            sinceMs = nowMs;
        }
        seen = known;
        version = now;
        lookedMs = nowMs;
        return new AgreedFold(version, known && nowMs - sinceMs >= settleMs);
    }
}
