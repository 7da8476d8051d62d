package io.leasehold.simulator;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.host.FoldAgreement;
import io.leasehold.coordinator.host.ShardKeeper;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.ShardLogs;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardMeters;
import io.leasehold.core.state.Fold;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A coordinator's process: everything of production but threads, sockets and Kafka's and ZooKeeper's clients. */
final class Coordinator extends SimulatedProcess implements ShardLogs {
    private static final long LOOK_EVERY_US = 250_000;
    private static final long STALE_US = 20_000_000;

    private final ProcessClock clock;
    private final List<AutoCloseable> ports = new ArrayList<>();
    private final long[] staleUntilUs;
    private final long[] staleEnd;
    private final long[] staleStart;
    /** The newest of each shard. */
    private final ShardLoop[] copies;

    private FrontDesk desk;
    private ShardKeeper keeper;
    private Session session;
    private Edge edge;
    private LeaseTokens tokens;
    private Neighbours neighbours;
    private boolean lookSoon;
    private boolean leaving;
    /** The newest that its release reads and writes. */
    private int foldVersion;

    Coordinator(World world, String name) {
        super(world, name);
        clock = new ProcessClock(
                this, world.timeline, world.dice.upTo(1_000_000_000L), (int) world.dice.between(-400, 400));
        foldVersion = world.setup.olderFold();
        staleUntilUs = new long[world.setup.shards()];
        staleEnd = new long[world.setup.shards()];
        staleStart = new long[world.setup.shards()];
        copies = new ShardLoop[world.setup.shards()];
    }

    /** Its copies of shards. */
    List<ShardView> views() {
        return isUp() ? desk.shards() : List.of();
    }

    /** Its newest copy of the shard, over or not; null if it never had one. */
    ShardLoop copy(int shard) {
        return copies[shard];
    }

    boolean serves(int shard) {
        return isUp() && desk.owns(shard);
    }

    ProcessClock clock() {
        return clock;
    }

    /** The brokers' too. */
    @Override
    long sourceOfTimeMs() {
        return world.brokerMs();
    }

    int foldVersion() {
        return foldVersion;
    }

    /** Its process ends, to be started again as another release. */
    void becomes(int foldVersionOfRelease) {
        die();
        foldVersion = foldVersionOfRelease;
    }

    Edge edge() {
        return edge;
    }

    Session session() {
        return session;
    }

    @Override
    void begin() {
        desk = new FrontDesk(clock, 1_000);
        session = new Session(world, this);
        tokens = tokens();
        edge = new Edge(world, this, desk, session, tokens);
        neighbours = new Neighbours(world);
        FoldAgreement agreement = new FoldAgreement(foldVersion, world.setup.settleMs(), clock);
        keeper = new ShardKeeper(
                name(),
                session,
                neighbours,
                desk,
                this::open,
                Runnable::run,
                clock,
                world.dice::upTo,
                agreement,
                this::soon);
        session.start(map -> {
            edge.mapChanged();
            soon();
        });
        lookSoon = false;
        leaving = false;
        look();
    }

    private static LeaseTokens tokens() {
        return new LeaseTokens(Map.of("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)), "simulated");
    }

    @Override
    void ended() {
        for (AutoCloseable port : ports) {
            try {
                port.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        ports.clear();
        world.coordinators().stream()
                .filter(other -> other != this && other.isUp())
                .forEach(other -> other.after(world.faults.latencyUs(), "neighbour died", other.neighbours::died));
        session.orphan(world.faults.isCalm() ? Ensemble.SESSION_US : world.dice.between(1, 8 * Ensemble.SESSION_US));
    }

    private void look() {
        keeper.look();
        after(LOOK_EVERY_US, "look", this::look);
    }

    private void soon() {
        if (!lookSoon) {
            lookSoon = true;
            after(10, "news", () -> {
                lookSoon = false;
                keeper.look();
            });
        }
    }

    private ShardLoop open(int shard, ShardListener listener) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(MeterFilter.deny());
        ShardMeters meters = new ShardMeters(registry, new QueueLabels(), shard);
        ShardListener heard = new ShardListener() {
            @Override
            public void onStatus(ShardLoop loop, ShardStatus status, String problem) {
                goOnDying();
                world.guarantees.status(Coordinator.this, loop, status, problem);
                listener.onStatus(loop, status, problem);
            }

            @Override
            public void onCaughtUp(ShardLoop loop) {
                listener.onCaughtUp(loop);
            }
        };
        ShardLoop loop = new ShardLoop(
                shard,
                world.setup.options(name()).withFoldVersion(foldVersion),
                clock,
                world.dice::upTo,
                tokens,
                this,
                desk,
                meters,
                heard);
        copies[shard] = loop;
        new LoopDriver(world, this, loop).start();
        return loop;
    }

    /** Leaves in good order, and is gone a while later. */
    void leave() {
        leaving = true;
        keeper.leave();
        after(5_000_000, "close", () -> {
            keeper.releaseAll();
            after(2_000_000, "closed", () -> {
                keeper.closeAll();
                after(100_000, "gone", () -> {
                    keeper.sayReleased();
                    session.close();
                    after(1_000_000, "exit", this::die);
                });
            });
        });
    }

    /** After the cluster's store was emptied, or this one's session in it ended. */
    void publishAgain() {
        desk.shards().stream()
                .filter(view -> view.status() == ShardStatus.ACTIVE)
                .forEach(view -> session.owns(view.shard(), view.epoch()));
    }

    /** For a while it is left with a leader of this shard's journal that has been replaced. */
    void cutOff(int shard, long us) {
        staleEnd[shard] = world.journal(shard).end();
        staleStart[shard] = world.journal(shard).start();
        staleUntilUs[shard] = world.timeline.nowUs() + us;
    }

    @Override
    void resume() {
        super.resume();
        clock.goesOn();
    }

    /** Faults stop. */
    void heal() {
        if (leaving) {
            die();
        }
        if (foldVersion < Fold.VERSION) {
            becomes(Fold.VERSION);
        }
        if (!isUp()) {
            start();
        }
        resume();
        // Not as if it never had been: what it was told a moment ago may be old.
        Arrays.setAll(staleUntilUs, shard -> Math.min(staleUntilUs[shard], world.timeline.nowUs()));
        clock.setWall(0);
        session.heal();
    }

    /** Takes another one for dead. */
    void suspect(String other, long us) {
        if (isUp()) {
            after(0, "suspicion", () -> neighbours.suspect(other, us));
        }
    }

    /** Whether what it was told of this shard's log may have been old, a moment ago or now. */
    boolean wasCutOff(int shard) {
        return staleUntilUs[shard] > world.timeline.nowUs() - STALE_US;
    }

    boolean isCutOff(int shard) {
        return staleUntilUs[shard] > world.timeline.nowUs();
    }

    long staleStart(int shard, long start) {
        return isCutOff(shard) ? staleStart[shard] : start;
    }

    long staleEnd(int shard, long end) {
        return isCutOff(shard) ? Math.min(end, staleEnd[shard]) : end;
    }

    @Override
    public Journal openJournal(int shard, Journal.Listener listener) {
        return kept(new JournalPort(world, this, shard, listener));
    }

    @Override
    public Inbox openInbox(int shard, Inbox.Listener listener) {
        return kept(new InboxPort(world, this, shard, listener));
    }

    @Override
    public Ends openEnds(int shard, Ends.Listener listener) {
        return kept(new EndsPort(world, this, shard, listener));
    }

    private <T extends AutoCloseable> T kept(T port) {
        ports.add(port);
        return port;
    }

    @Override
    public LogIdentity identity() {
        return new LogIdentity(
                "cluster", world.journal(0).topicId(), world.inbox(0).topicId(), world.setup.shards());
    }
}
