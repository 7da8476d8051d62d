package io.leasehold.coordinator.shard;

import io.leasehold.core.decide.Decider;
import io.leasehold.core.event.Claim;
import io.leasehold.core.state.ShardState;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terms of an owner: by which fold version its shard is folded, and which W the journal says. The version is raised once
 * every coordinator reads a later one, and never lowered. W is that of the owners before as long as one of them may still
 * tell workers that their leases hold; then it is the owner's own.
 */
final class Terms {
    private static final Logger LOG = LoggerFactory.getLogger(Terms.class);

    private final int shard;
    private final ShardOptions options;
    private final ShardState state;
    private final Supplier<AgreedFold> agreed;
    private long ownedSinceMs;

    Terms(int shard, ShardOptions options, ShardState state, Supplier<AgreedFold> agreed) {
        this.shard = shard;
        this.options = options;
        this.state = state;
        this.agreed = agreed;
    }

    /** The claim was acknowledged at this monotonic time. */
    void begin(long ackMonotonicMs) {
        ownedSinceMs = ackMonotonicMs;
    }

    /** Decides other terms if it is time for them. */
    void look(Decider decider, long nowMs) {
        int version = version();
        if (version < Claim.WITH_TERMS) {
            return;
        }
        long proofMs = isAlone(nowMs) ? options.proofMs() : Math.max(options.proofMs(), state.proofMs());
        if (version > state.foldVersion()) {
            LOG.info(
                    "shard {}: is folded by version {} from now on, which every coordinator reads; it was {}",
                    shard,
                    version,
                    state.foldVersion());
        } else if (proofMs == state.proofMs()) {
            return;
        }
        decider.setTerms(version, proofMs);
    }

    private int version() {
        AgreedFold all = agreed.get();
        int raised = all.settled() ? Math.min(all.version(), options.foldVersion()) : 0;
        return Math.max(raised, state.foldVersion());
    }

    /** Whether no owner before this one can still take itself for the owner. */
    private boolean isAlone(long nowMs) {
        return nowMs - ownedSinceMs > ShardOptions.drifted(state.proofMs());
    }
}
