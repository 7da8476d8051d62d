package io.leasehold.cluster;

import io.leasehold.cluster.ShardIntent.Claim;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What this coordinator wants ZooKeeper to say of it, and which parts of that are not known to be written. One intent a
 * shard, whatever comes: nothing here grows. Safe for any thread.
 */
final class ClusterWishes {
    /** Of the shards of which there is anything to say. */
    private final Map<Integer, ShardIntent> intents = new HashMap<>();

    private final Set<Integer> unwritten = new LinkedHashSet<>();
    /** The newest of each shard that is not known to be written. */
    private final Map<Integer, Witness> witnesses = new HashMap<>();

    private int shards;
    private Member self;
    private boolean unregistered = true;
    private ClusterMap map = ClusterMap.EMPTY;

    ClusterWishes(Member self, int shards) {
        this.self = self;
        this.shards = shards;
    }

    synchronized void owns(int shard, long epoch) {
        want(shard, intent -> intent.owns(epoch));
    }

    synchronized void corrects(int shard, long epoch, OwnerNode wrong) {
        want(shard, intent -> intent.corrects(epoch, wrong));
    }

    synchronized void released(int shard, long epoch) {
        want(shard, intent -> intent.released(epoch));
    }

    /** Nothing is written for it. */
    synchronized void ended(int shard, long epoch) {
        check(shard);
        intents.put(shard, intent(shard).ended(epoch));
    }

    /** Passed over if the shard has been assigned to another meanwhile. */
    synchronized void caughtUp(int shard) {
        check(shard);
        if (map.shards().isEmpty() || isOurs(map.shards().get(shard))) {
            want(shard, ShardIntent::caughtUp);
        }
    }

    synchronized void witness(int shard, Witness witness) {
        check(shard);
        if (witness.isBeyond(witnesses.get(shard))) {
            witnesses.put(shard, witness);
        }
    }

    synchronized void leave() {
        self = new Member(self.id(), self.url(), self.startedMs(), true, self.foldVersion());
        unregistered = true;
    }

    /** After a reconnect everything is to be looked at again: the session may be another one, the store may have forgotten. */
    synchronized void doubtAll() {
        unregistered = true;
        unwritten.addAll(intents.keySet());
    }

    /**
     * Marks what a connected map does not show, and gives up waiting for shards that are to go to others.
     *
     * @return whether there is something to write
     */
    synchronized boolean seen(ClusterMap now) {
        map = now;
        shards = Math.max(shards, now.shards().size());
        if (!now.connected()) {
            return false;
        }
        unregistered |= !self.equals(now.member(self.id()));
        now.shards().forEach(this::seen);
        return unregistered || !unwritten.isEmpty();
    }

    private void seen(Place place) {
        int shard = place.shard();
        if (intent(shard).waiting() && !isOurs(place)) {
            intents.put(shard, intent(shard).notWaiting());
            unwritten.add(shard);
        }
        boolean said = place.epoch() == intent(shard).epoch()
                && self.id().equals(place.owner())
                && self.url().equals(place.url());
        boolean forgotten = intent(shard).claim() == Claim.OWNS && !said;
        boolean unmarked = intent(shard).waiting() && !self.id().equals(place.caughtUp());
        if (forgotten || unmarked) {
            unwritten.add(shard);
        }
    }

    /** How to register, if that is to be done; {@link #registerAgain} if it failed. */
    synchronized Optional<Member> takeRegistration() {
        boolean wanted = unregistered;
        unregistered = false;
        return wanted ? Optional.of(self) : Optional.empty();
    }

    synchronized void registerAgain() {
        unregistered = true;
    }

    /** The shards to write, in the order of the wishes; {@link #writeAgain} for each that failed. */
    synchronized List<Integer> takeShards() {
        List<Integer> taken = new ArrayList<>(unwritten);
        unwritten.clear();
        return taken;
    }

    synchronized void writeAgain(int shard) {
        unwritten.add(shard);
    }

    synchronized boolean hasShardsToWrite() {
        return !unwritten.isEmpty() || !witnesses.isEmpty();
    }

    /** The witnesses to write, by shard; {@link #witness} again for each that failed. */
    synchronized Map<Integer, Witness> takeWitnesses() {
        Map<Integer, Witness> taken = new HashMap<>(witnesses);
        witnesses.clear();
        return taken;
    }

    synchronized ShardIntent intent(int shard) {
        return intents.getOrDefault(shard, ShardIntent.NONE);
    }

    /** This claim needs nothing more said of it; not so if there was another wish since. */
    synchronized void settle(int shard, ShardIntent written) {
        if (intent(shard).equals(written)) {
            intents.put(shard, written.settled());
        }
    }

    private boolean isOurs(Place place) {
        return self.id().equals(place.assigned());
    }

    private void want(int shard, UnaryOperator<ShardIntent> wish) {
        check(shard);
        intents.put(shard, wish.apply(intent(shard)));
        unwritten.add(shard);
    }

    private void check(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard: " + shard + " (expected: 0 to " + (shards - 1) + ")");
        }
    }
}
