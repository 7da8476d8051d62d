package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Peers;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.core.decide.Chance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads around a {@link ShardKeeper}: one looks after the shards, each copy has one of its own. */
public final class ShardHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardHost.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final long RELEASE_MS = 2_000;
    private static final long CLOSE_MS = 1_000;

    private final Membership membership;
    private final ShardOpener opener;
    private final Clock clock;
    private final ShardKeeper keeper;
    /** By shard; those that go on. */
    private final Map<Integer, ShardThread> threads = new ConcurrentHashMap<>();

    /** Opening a shard waits for brokers, of which one may hang: each has a thread of its own meanwhile. */
    private final ExecutorService openings = Executors.newCachedThreadPool(run -> daemon(run, "shard-open"));

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(run -> daemon(run, "shard-host"));
    private final ScheduledExecutorService watching =
            Executors.newSingleThreadScheduledExecutor(run -> daemon(run, "shard-watch"));

    /** @param me this coordinator's id */
    public ShardHost(
            String me,
            Membership membership,
            Peers peers,
            FrontDesk desk,
            ShardOpener opener,
            Clock clock,
            Chance chance,
            FoldAgreement agreement) {
        this.membership = membership;
        this.opener = opener;
        this.clock = clock;
        this.keeper = new ShardKeeper(
                me, membership, peers, desk, this::open, openings, clock, chance, agreement, this::soon);
    }

    /**
     * Has it told, from now on, if a shard says that it is served and is not; each time again after {@code mostMs}. To be
     * called at most once.
     *
     * @param mostMs longer than any append may take
     * @param stuck told what stands still, and where; on a thread of its own
     */
    public void watchProgress(long mostMs, Consumer<String> stuck) {
        ProgressWatch watch = new ProgressWatch(clock, mostMs, stuck);
        watching.scheduleWithFixedDelay(
                () -> look(watch), ProgressWatch.LOOK_EVERY_MS, ProgressWatch.LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look(ProgressWatch watch) {
        try {
            watch.look(threads.values());
        } catch (Throwable e) {
            LOG.error("watching the shards failed; trying again", e);
        }
    }

    public void start() {
        membership.start(map -> soon());
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    private void soon() {
        try {
            executor.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: nobody looks any more", e);
        }
    }

    private void look() {
        try {
            keeper.look();
        } catch (Throwable e) {
            // Whatever it is: the executor would not call again after it.
            LOG.error("looking after the shards failed; trying again", e);
        }
    }

    private ShardLoop open(int shard, ShardListener listener) {
        ShardLoop loop = opener.open(shard, listener);
        ShardThread thread = new ShardThread(loop, ended -> threads.remove(shard, ended));
        threads.put(shard, thread);
        thread.start();
        return loop;
    }

    /**
     * Leaves the cluster in good order: the shards are assigned to others, and each is given up once its next owner is
     * ready. Returns when none is left, or after {@code patience}.
     */
    public boolean handOver(Duration patience) throws InterruptedException {
        keeper.leave();
        long until = clock.monotonicMs() + patience.toMillis();
        while (keeper.isServing()) {
            if (clock.monotonicMs() > until || keeper.isAlone()) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    /** Gives up every shard, in good order where that is quick, and stops. */
    @Override
    public void close() {
        keeper.releaseAll();
        try {
            long until = clock.monotonicMs() + RELEASE_MS;
            while (keeper.isServing() && clock.monotonicMs() < until) {
                Thread.sleep(10);
            }
            keeper.closeAll();
            for (ShardThread thread : threads.values()) {
                thread.join(CLOSE_MS);
            }
            openings.shutdownNow();
            watching.shutdownNow();
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.sayReleased();
    }
}
