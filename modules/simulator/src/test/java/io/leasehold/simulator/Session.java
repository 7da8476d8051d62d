package io.leasehold.simulator;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One coordinator's connection to the store: what it sees there may be old, or somebody else's picture altogether. */
final class Session implements Membership {
    private final World world;
    private final Coordinator owner;
    private final long startedMs;
    private final List<Runnable> wishes = new ArrayList<>();
    private long session;
    private Consumer<ClusterMap> listener = map -> {};
    private ClusterMap seen = ClusterMap.EMPTY;
    private boolean leaving;
    private boolean closed;
    private boolean looking;
    private long awayUntilUs;
    private long blindUntilUs;
    private long deceivedUntilUs;

    Session(World world, Coordinator owner) {
        this.world = world;
        this.owner = owner;
        this.startedMs = world.wallMs();
    }

    @Override
    public void start(Consumer<ClusterMap> listener) {
        this.listener = listener;
        world.ensemble.watch(this);
        register();
        changed();
    }

    private void register() {
        session = world.nextSession();
        world.ensemble.register(
                new Member(owner.name(), owner.name(), startedMs, leaving, owner.foldVersion()), session);
    }

    @Override
    public ClusterMap map() {
        return seen;
    }

    /** The store has changed: this one sees it in a while. */
    void changed() {
        if (looking || closed || isAway()) {
            return;
        }
        looking = true;
        long inUs = world.faults.latencyUs() + Math.max(0, blindUntilUs - world.timeline.nowUs());
        owner.after(inUs, "map", () -> {
            looking = false;
            if (!isAway()) {
                see(world.timeline.nowUs() < deceivedUntilUs ? deception() : world.ensemble.map());
            }
        });
    }

    /** Everything is mine. */
    private ClusterMap deception() {
        ClusterMap map = world.ensemble.map();
        List<Place> mine = map.shards().stream()
                .map(place ->
                        new Place(place.shard(), owner.name(), null, null, null, place.epoch(), null, place.witness()))
                .toList();
        return new ClusterMap(map.members(), mine, true);
    }

    private void see(ClusterMap map) {
        if (!closed) {
            seen = map;
            listener.accept(map);
        }
    }

    private boolean isAway() {
        return awayUntilUs > world.timeline.nowUs();
    }

    /** The store is out of reach for so long; past its session's time it is taken for dead. */
    void suspend(long us) {
        awayUntilUs = Math.max(awayUntilUs, world.timeline.nowUs() + us);
        see(new ClusterMap(seen.members(), seen.shards(), false));
        expireIn(us);
        owner.after(us, "reconnect", this::reconnect);
    }

    /** Nothing was heard of this one for so long. */
    void expireIn(long us) {
        if (us > Ensemble.SESSION_US) {
            long mine = session;
            world.timeline.after(
                    Ensemble.SESSION_US, null, "session expires", () -> world.ensemble.expire(owner.name(), mine));
        }
    }

    private void reconnect() {
        if (isAway() || closed) {
            return;
        }
        register();
        List<Runnable> waiting = List.copyOf(wishes);
        wishes.clear();
        waiting.forEach(Runnable::run);
        looking = false;
        changed();
    }

    /** The session ends at the store, long before this side hears of it. */
    void expireUnheard(long us) {
        blind(us);
        world.ensemble.expire(owner.name(), session);
        owner.after(us, "session lost", this::reconnect);
    }

    /** Watches come late. */
    void blind(long us) {
        blindUntilUs = Math.max(blindUntilUs, world.timeline.nowUs() + us);
    }

    void deceive(long us) {
        deceivedUntilUs = Math.max(deceivedUntilUs, world.timeline.nowUs() + us);
        changed();
        owner.after(us + 1, "truth", this::changed);
    }

    /** The store was emptied: what this one had there is put there again. */
    void wiped() {
        owner.after(world.dice.upTo(3_000_000), "register again", () -> {
            if (!isAway() && !closed) {
                register();
                owner.publishAgain();
            }
        });
    }

    void heal() {
        awayUntilUs = 0;
        blindUntilUs = 0;
        deceivedUntilUs = 0;
        reconnect();
    }

    private void wish(Runnable wish) {
        if (closed) {
            return;
        }
        if (isAway()) {
            wishes.add(wish);
        } else {
            owner.after(world.faults.latencyUs(), "write to the store", wish);
        }
    }

    @Override
    public void owns(int shard, long epoch) {
        wish(() -> world.ensemble.owns(shard, owner.name(), epoch));
    }

    @Override
    public void corrects(int shard, long epoch, Place wrong) {
        wish(() -> world.ensemble.corrects(shard, owner.name(), epoch, wrong));
    }

    /** The number of shards never changes here. */
    @Override
    public void counted(int shards) {
        throw new AssertionError("shards: " + shards);
    }

    @Override
    public void caughtUp(int shard) {
        wish(() -> world.ensemble.caughtUp(shard, owner.name()));
    }

    @Override
    public void released(int shard, long epoch) {
        wish(() -> world.ensemble.released(shard, owner.name(), epoch));
    }

    /** Wishes are written once here, and never said again. */
    @Override
    public void ended(int shard, long epoch) {}

    @Override
    public void witness(int shard, Witness witness) {
        wish(() -> world.ensemble.witness(shard, witness));
    }

    @Override
    public void leave() {
        leaving = true;
        wish(this::register);
    }

    @Override
    public void close() {
        wish(() -> world.ensemble.expire(owner.name(), session));
        closed = true;
        world.ensemble.unwatch(this);
    }

    /** Its process died: the store finds out when the session's time is over. */
    void orphan(long us) {
        closed = true;
        world.ensemble.unwatch(this);
        long mine = session;
        world.timeline.after(us, null, "session expires", () -> world.ensemble.expire(owner.name(), mine));
    }
}
