package io.leasehold.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the owners of one shard promised to the holders of leases, in true time. A lease may expire only after its owner
 * could have been heard, and was able to renew it, for as long as it was promised: time during which the owner was stopped,
 * or had no fresh proof, counts for nothing. Where a moment cannot be told, the one is taken that allows more.
 */
final class Promises {
    /**
     * So much of each stop, and of each time without proof, an owner may take for time in which it could be heard: what
     * passes between two turns. It cannot tell a short stop from that, nor one during which its clock stood still.
     */
    private static final long TURN_US = 1_010_000;

    private static final class Promise {
        final long leaseUs;
        long madeUs;

        Promise(long leaseUs, long madeUs) {
            this.leaseUs = leaseUs;
            this.madeUs = madeUs;
        }
    }

    /** The owner may renew from when its record landed until the record is too old a proof. */
    private record Proof(long fromUs, long sentUs) {}

    private final World world;
    private final Map<Long, Promise> byFence = new HashMap<>();
    private final List<Proof> proofs = new ArrayList<>();
    private Coordinator owner;
    private long sentUs;
    /** A turn opens after the record before it was sent. */
    private long openedAfterUs;

    Promises(World world) {
        this.world = world;
    }

    /** A record of the owner's counts; it was sent at this time. */
    void landed(long sentUs) {
        openedAfterUs = this.sentUs;
        this.sentUs = sentUs;
        proofs.add(new Proof(world.timeline.nowUs(), sentUs));
    }

    /** By the record that landed last. All leases that there are are promised anew. */
    void claimed(Coordinator owner) {
        this.owner = owner;
        openedAfterUs = sentUs;
        Proof first = proofs.get(proofs.size() - 1);
        proofs.clear();
        proofs.add(first);
        byFence.values().forEach(promise -> promise.madeUs = sentUs);
    }

    void granted(long fence, long leaseMs) {
        byFence.put(fence, new Promise(leaseMs * 1_000, openedAfterUs));
    }

    /** The owner says now that the lease holds. */
    void renewed(Coordinator by, long fence) {
        Promise promise = byFence.get(fence);
        if (promise != null && by == owner) {
            promise.madeUs = world.timeline.nowUs();
        }
    }

    void over(long fence) {
        byFence.remove(fence);
    }

    /** For how long less than it was promised the lease lasted, which expires by the record that landed last; 0 if it may. */
    long shortOfUs(long fence) {
        Promise promise = byFence.remove(fence);
        if (promise == null) {
            return 0;
        }
        long heardUs = sentUs
                - promise.madeUs
                - owner.stoppedUs(promise.madeUs, sentUs, TURN_US)
                - withoutProofUs(promise.madeUs, sentUs);
        return Math.max(0, promise.leaseUs - heardUs);
    }

    /** What of it the owner was stopped as well is counted there alone. */
    private long withoutProofUs(long fromUs, long toUs) {
        long proofUs = world.setup.proofMs(owner.name()) * 1_000;
        long sumUs = 0;
        long atUs = fromUs;
        for (Proof proof : proofs) {
            long untilUs = proof.sentUs() + proofUs;
            if (untilUs <= Math.max(atUs, proof.fromUs())) {
                continue; // it was too old when it came, or no better than the one before
            }
            if (proof.fromUs() >= toUs) {
                break;
            }
            if (proof.fromUs() > atUs) {
                sumUs += without(atUs, proof.fromUs());
            }
            atUs = untilUs;
            if (atUs >= toUs) {
                return sumUs;
            }
        }
        return sumUs + without(atUs, toUs);
    }

    private long without(long fromUs, long toUs) {
        long us = toUs - fromUs - owner.stoppedUs(fromUs, toUs, TURN_US);
        return Math.max(0, us - TURN_US);
    }
}
