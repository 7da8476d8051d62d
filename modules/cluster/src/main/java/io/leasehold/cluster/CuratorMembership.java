package io.leasehold.cluster;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership in ZooKeeper. The order of a start: {@link #open}, {@link #awaitConnected}, {@link #pin} agreed, {@link #start},
 * {@link #awaitRegistered}; only then should shards be claimed. Safe for any thread; start and close once.
 */
public final class CuratorMembership implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(CuratorMembership.class);
    private static final int LAST_WORDS_MS = 2_000;

    private final String id;
    private final ZooKeeperConnection connection;
    private final ClusterPaths paths;
    private final ScheduledThreadPoolExecutor writeThread;
    private final ClusterWishes wishes;
    private final Publisher publisher;
    private final ShardAssigner assigner;
    private final ClusterWatch watch;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Pin agreed;
    private volatile Consumer<ClusterMap> listener = map -> {};
    private ClusterMap told = ClusterMap.EMPTY;

    private CuratorMembership(ClusterOptions options, ZooKeeperConnection connection) {
        this.id = options.id();
        this.connection = connection;
        paths = new ClusterPaths(options.root());
        writeThread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("leasehold-cluster-write"));
        writeThread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        Member self = new Member(id, options.url(), Clock.system().wallMs(), false, options.foldVersion());
        wishes = new ClusterWishes(self, options.shards());
        publisher = new Publisher(
                wishes,
                new Registration(connection, paths),
                new OwnerRecords(connection.client(), paths, id, options.url()),
                new TakeoverMarks(connection, paths, id),
                new WitnessRecords(connection.client(), paths),
                writeThread);
        assigner = new ShardAssigner(connection.client(), paths, id, writeThread);
        watch = new ClusterWatch(connection.client(), paths, self, options.shards(), this::seen);
    }

    /** Begins to connect, and goes on trying until closed. */
    public static CuratorMembership open(ClusterOptions options) {
        return new CuratorMembership(options, ZooKeeperConnection.open(options));
    }

    /** @throws ClusterException if there is no connection in time */
    public void awaitConnected(Duration atMost) {
        connection.awaitConnected(atMost);
    }

    /** What the cluster was made with. */
    public ClusterPin pin() {
        return new ClusterPin(connection.client(), paths);
    }

    /** What was agreed on: the map has so many shards from the start. To be called once, before {@link #start}. */
    public void agreed(Pin pin) {
        agreed = pin;
        watch.know(pin.counts());
    }

    /**
     * From now on no more shards are believed to be there than this says, whatever is pinned. To be called before
     * {@link #start}.
     *
     * @param partitions how many partitions the inbox and the journal both have; asked only when more shards are pinned than
     *     are known, may block and may throw
     */
    public void believeUpTo(IntSupplier partitions) {
        watch.believeUpTo(partitions);
    }

    /** What operators ask for. */
    public ClusterDirectives directives() {
        return new ClusterDirectives(connection.client(), paths);
    }

    @Override
    public void start(Consumer<ClusterMap> mapListener) {
        listener = mapListener;
        connection.listen(isConnected -> {
            watch.connection(isConnected);
            publisher.connection(isConnected);
            assigner.connection(isConnected);
        });
    }

    /**
     * After {@link #start}. Leave it more than a session's time-out: an earlier life of this coordinator at another address
     * stands in the way for that long.
     *
     * @throws ClusterException with the reason if this coordinator is not registered in time
     */
    public void awaitRegistered(Duration atMost) {
        try {
            publisher.registered().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("coordinator.id: " + id + " (expected: registered; interrupted)", e);
        } catch (TimeoutException | ExecutionException e) {
            connection.awaitConnected(Duration.ZERO);
            String why = publisher.refusal();
            throw new ClusterException(
                    why != null
                            ? why
                            : "coordinator.id: " + id + " (expected: registered within " + atMost.toMillis() + " ms)",
                    e);
        }
    }

    @Override
    public ClusterMap map() {
        return watch.current().map();
    }

    @Override
    public void owns(int shard, long epoch) {
        wishes.owns(shard, epoch);
        publisher.writeSoon();
    }

    @Override
    public void corrects(int shard, long epoch, ClusterMap.Place wrong) {
        wishes.corrects(shard, epoch, new OwnerNode(wrong.owner(), wrong.url(), wrong.epoch()));
        publisher.writeSoon();
    }

    @Override
    public void counted(int shards) {
        writeThread.execute(() -> {
            try {
                pin().read().filter(pinned -> pinned.shards() < shards).ifPresent(pinned -> {
                    LOG.warn(
                            "The journal says that there are {} shards, ZooKeeper knew of {}", shards, pinned.shards());
                    // Not every count in a journal is one that a growth would give now: earlier releases took any.
                    pin().restore(pinned.grownTo(shards));
                });
            } catch (ClusterException e) {
                LOG.warn("How many shards there are could not be pinned: {}", e.getMessage());
            }
        });
    }

    @Override
    public void caughtUp(int shard) {
        wishes.caughtUp(shard);
        publisher.writeSoon();
    }

    @Override
    public void released(int shard, long epoch) {
        wishes.released(shard, epoch);
        publisher.writeSoon();
    }

    @Override
    public void ended(int shard, long epoch) {
        wishes.ended(shard, epoch);
    }

    @Override
    public void witness(int shard, Witness witness) {
        wishes.witness(shard, witness);
        publisher.writeSoon();
    }

    @Override
    public void leave() {
        wishes.leave();
        publisher.writeSoon();
    }

    /** Writes what is still to be said, if ZooKeeper is there, and ends the session: the others need not wait for it. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listener = map -> {};
        try {
            publisher.lastWords(LAST_WORDS_MS);
        } catch (Exception e) {
            LOG.warn("ZooKeeper did not take this coordinator's last words ({})", e.toString());
        }
        assigner.close();
        writeThread.shutdownNow();
        watch.close();
        connection.close();
    }

    /** Watch thread. */
    private void seen(ClusterPicture picture) {
        ClusterMap map = picture.map();
        if (wishes.seen(map)) {
            publisher.writeSoon();
        }
        assigner.seen(picture);
        restorePin(picture);
        if (!map.equals(told)) {
            told = map;
            listener.accept(map);
        }
    }

    /**
     * A store that was wiped has forgotten the pin, or has one since of a coordinator that knew of fewer shards; how many
     * there were before would be lost with it.
     */
    private void restorePin(ClusterPicture picture) {
        ClusterMap map = picture.map();
        Pin known = agreed;
        List<Integer> counts = map.counts();
        boolean fewer =
                picture.pin() != null && picture.pin().shards() < map.shards().size();
        if (known == null || !map.connected() || (watch.isPinned() && !fewer)) {
            return;
        }
        Pin now = new Pin(
                known.clusterId(), counts.get(counts.size() - 1), counts, known.journalTopicId(), known.inboxTopicId());
        writeThread.execute(() -> {
            try {
                pin().restore(now);
            } catch (ClusterException e) {
                LOG.warn("The pin is missing and could not be written again: {}", e.getMessage());
            }
        });
    }
}
