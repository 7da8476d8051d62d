package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each shard's journal had come at least, as far as this process knows: the most that any of its copies read or had
 * acknowledged, and what the cluster's store says. A copy that ends takes nothing of it along. A person who takes the
 * store's witness away accepts the loss, for this process as well.
 */
final class WitnessMemory {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessMemory.class);

    private final Map<Integer, Witness> known = new HashMap<>();
    private final Map<Integer, Witness> stored = new HashMap<>();

    /**
     * What the store says now; only while it can be reached.
     *
     * @param witness or null if it says nothing
     * @return what was known here and cannot be so any more, since somebody else serves the shard under a later claim, or null
     */
    Witness stores(int shard, Witness witness) {
        Witness before = stored.put(shard, witness);
        Witness own = known.get(shard);
        if (own != null && before != null && before.isBeyond(witness)) {
            LOG.warn("shard {}: the witness {} was taken away, what was lost is accepted", shard, before);
            known.remove(shard);
            return null;
        }
        if (own != null && witness != null && witness.epoch() > own.epoch()) {
            // Written by an owner: it serves what it found, which may be less than was known here.
            return known.remove(shard);
        }
        return null;
    }

    /** What a copy has read or had acknowledged; passed over if that contradicts what was known before. */
    void learn(int shard, ShardCopy copy) {
        Witness seen = copy.loop().witness();
        if (seen != null && seen.isBeyond(known.get(shard)) && !contradicts(shard, copy)) {
            known.put(shard, seen);
        }
    }

    /** Whether the copy has read a later claim where acknowledged records stood. */
    private boolean contradicts(int shard, ShardCopy copy) {
        return expected(shard).stream().anyMatch(copy.loop()::isOverwritten);
    }

    /** What the journal must hold for a claim to be good. */
    List<Witness> expected(int shard) {
        List<Witness> all = new ArrayList<>(2);
        if (stored.get(shard) != null) {
            all.add(stored.get(shard));
        }
        if (known.get(shard) != null && !all.contains(known.get(shard))) {
            all.add(known.get(shard));
        }
        return all;
    }

    /** What is to be written down once the copy is over, or null. */
    Witness lastWord(int shard, ShardCopy copy) {
        return contradicts(shard, copy) ? null : known.get(shard);
    }
}
