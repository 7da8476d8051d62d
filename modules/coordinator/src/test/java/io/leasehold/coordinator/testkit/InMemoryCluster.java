package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Directives;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.core.state.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A cluster in which the test says who is to own what. Thread-safe. */
public final class InMemoryCluster {
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Consumer<ClusterMap>> listeners = new LinkedHashMap<>();
    private final Map<String, Joined> joined = new LinkedHashMap<>();
    private final List<Integer> counts = new ArrayList<>();
    private Place[] places;
    private boolean away;

    public InMemoryCluster(int shards) {
        places = new Place[0];
        grow(shards);
    }

    /** From now on there are so many shards. */
    public final synchronized void grow(int shards) {
        int before = places.length;
        places = Arrays.copyOf(places, shards);
        for (int shard = before; shard < shards; shard++) {
            places[shard] = new Place(shard, null, null, null, null, 0, null, null);
        }
        counts.add(shards);
        tell();
    }

    public synchronized void assign(int shard, String id) {
        Place old = places[shard];
        places[shard] =
                new Place(shard, id, old.standby(), old.owner(), old.url(), old.epoch(), old.caughtUp(), old.witness());
        tell();
    }

    public synchronized void standBy(int shard, String id) {
        Place old = places[shard];
        places[shard] = new Place(
                shard, old.assigned(), id, old.owner(), old.url(), old.epoch(), old.caughtUp(), old.witness());
        tell();
    }

    /** Says that this one owns the shard, whether it does or not. */
    public synchronized void claimFor(int shard, String id) {
        places[shard] = new Place(shard, id, null, id, members.get(id).url(), 9, null, null);
        tell();
    }

    /** Somebody who is no coordinator writes this owner down. */
    public synchronized void forge(int shard, String owner, String url, long epoch) {
        Place old = places[shard];
        places[shard] =
                new Place(shard, old.assigned(), old.standby(), owner, url, epoch, old.caughtUp(), old.witness());
        tell();
    }

    /** Puts another witness in the place of what was written down, or none. */
    public synchronized void witnessed(int shard, Witness other) {
        Place old = places[shard];
        places[shard] = new Place(
                shard, old.assigned(), old.standby(), old.owner(), old.url(), old.epoch(), old.caughtUp(), other);
        tell();
    }

    /** The session of a member that died is over. */
    public synchronized void bury(String id) {
        members.remove(id);
        listeners.remove(id);
        tell();
    }

    /** From now on nothing is heard of or told to the store: the last map stands, marked as old. */
    public synchronized void away(boolean away) {
        this.away = away;
        tell();
    }

    public synchronized ClusterMap map() {
        return new ClusterMap(
                List.copyOf(members.values()), List.of(places), !away, List.copyOf(counts), Directives.NONE);
    }

    public Membership join(String id, String url) {
        return join(id, url, Fold.VERSION);
    }

    /** @param foldVersion the newest that it reads */
    public synchronized Membership join(String id, String url, int foldVersion) {
        members.put(id, new Member(id, url, 0, false, foldVersion));
        joined.put(id, new Joined(id, url));
        return joined.get(id);
    }

    /** Every member sees that what it wants said does not stand there, and says it again. */
    public synchronized void sayAgain() {
        joined.values().forEach(each -> Map.copyOf(each.wanted).forEach(each::owns));
    }

    private void tell() {
        ClusterMap map = map();
        new ArrayList<>(listeners.values()).forEach(listener -> listener.accept(map));
    }

    private final class Joined implements Membership {
        private final String id;
        private final String url;
        /** The claims that it goes on wanting said, by shard. */
        private final Map<Integer, Long> wanted = new LinkedHashMap<>();

        Joined(String id, String url) {
            this.id = id;
            this.url = url;
        }

        @Override
        public void start(Consumer<ClusterMap> listener) {
            synchronized (InMemoryCluster.this) {
                listeners.put(id, listener);
                tell();
            }
        }

        @Override
        public ClusterMap map() {
            return InMemoryCluster.this.map();
        }

        @Override
        public void owns(int shard, long epoch) {
            synchronized (InMemoryCluster.this) {
                wanted.put(shard, epoch);
                if (away) {
                    return;
                }
                Place old = places[shard];
                if (old.epoch() < epoch || (old.epoch() == epoch && id.equals(old.owner()))) {
                    write(shard, epoch);
                }
            }
        }

        @Override
        public void corrects(int shard, long epoch, Place wrong) {
            synchronized (InMemoryCluster.this) {
                Place old = places[shard];
                if (!away && old.epoch() == wrong.epoch() && Objects.equals(old.owner(), wrong.owner())) {
                    write(shard, epoch);
                }
            }
        }

        @Override
        public void counted(int shards) {
            synchronized (InMemoryCluster.this) {
                if (!away && shards > places.length) {
                    grow(shards);
                }
            }
        }

        private void write(int shard, long epoch) {
            Place old = places[shard];
            places[shard] = new Place(shard, old.assigned(), old.standby(), id, url, epoch, null, old.witness());
            tell();
        }

        @Override
        public void caughtUp(int shard) {
            synchronized (InMemoryCluster.this) {
                wanted.remove(shard);
                if (away) {
                    return;
                }
                Place old = places[shard];
                places[shard] = new Place(
                        shard, old.assigned(), old.standby(), old.owner(), old.url(), old.epoch(), id, old.witness());
                tell();
            }
        }

        @Override
        public void released(int shard, long epoch) {
            synchronized (InMemoryCluster.this) {
                wanted.remove(shard);
                if (away) {
                    return;
                }
                Place old = places[shard];
                places[shard] = new Place(
                        shard, old.assigned(), old.standby(), null, null, old.epoch(), old.caughtUp(), old.witness());
                tell();
            }
        }

        @Override
        public void ended(int shard, long epoch) {
            synchronized (InMemoryCluster.this) {
                wanted.remove(shard, epoch);
            }
        }

        @Override
        public void witness(int shard, Witness witness) {
            synchronized (InMemoryCluster.this) {
                if (!away && witness.isBeyond(places[shard].witness())) {
                    witnessed(shard, witness);
                }
            }
        }

        @Override
        public void leave() {
            synchronized (InMemoryCluster.this) {
                members.put(id, new Member(id, url, 0, true, members.get(id).foldVersion()));
                tell();
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryCluster.this) {
                members.remove(id);
                listeners.remove(id);
                tell();
            }
        }
    }
}
