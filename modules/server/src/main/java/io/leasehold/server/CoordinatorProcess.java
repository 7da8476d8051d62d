package io.leasehold.server;

import io.leasehold.cluster.CuratorMembership;
import io.leasehold.cluster.Pin;
import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.host.FoldAgreement;
import io.leasehold.coordinator.host.ShardHost;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.core.decide.Chance;
import io.leasehold.log.KafkaShardLogs;
import io.leasehold.log.LogOptions;
import io.leasehold.server.config.CoordinatorConfig;
import io.leasehold.server.forward.PeerWatch;
import io.leasehold.server.forward.Whereabouts;
import io.leasehold.server.http.EdgeContext;
import io.leasehold.server.http.HttpEdge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One coordinator: it runs from {@link #start} to {@link #close}. Starting and closing block; {@code close} may come from any
 * thread, a shutdown hook's for one, and more than once.
 */
public final class CoordinatorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProcess.class);

    private static final long SHORTEST_STUCK_MS = 60_000;
    private static final long HALT_AFTER_MS = 15_000;
    private static final int EXIT_STUCK = 1;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Clock clock = Clock.system();
    private final Chance chance = bound -> ThreadLocalRandom.current().nextLong(bound + 1);
    private final Options options;
    private final Duration patience;
    private final Duration lastPatience;
    private Ready ready;
    private HttpEdge edge;
    private ShardHost host;

    private CoordinatorProcess(CoordinatorConfig config) {
        options = Options.of(config);
        patience = Duration.ofMillis(config.getInt("startup.timeout.ms"));
        lastPatience = Duration.ofMillis(config.getInt("shutdown.timeout.ms"));
    }

    /**
     * Connects to ZooKeeper and Kafka, makes or checks the topics, and begins to serve. Returns once this coordinator is a
     * member of the cluster; its shards follow.
     *
     * @throws RuntimeException if anything is out of reach or not as it must be; the message is for the operator. Whatever
     *     was opened is closed again
     */
    public static CoordinatorProcess start(CoordinatorConfig config) {
        CoordinatorProcess process = new CoordinatorProcess(config);
        try {
            process.open(config);
        } catch (RuntimeException e) {
            process.closeAll();
            throw e;
        }
        LOG.info("Coordinator {} serves at {}", process.id(), process.url());
        return process;
    }

    private void open(CoordinatorConfig config) {
        ProcessMeters meters = opened(new ProcessMeters());
        CuratorMembership membership = opened(CuratorMembership.open(options.cluster()));
        membership.awaitConnected(patience);
        KafkaShardLogs logs = opened(openLogs(membership));
        TopicWatch watch = opened(new TopicWatch(logs, meters.registry()));
        watch.start(config.getInt("topic.check.interval.ms"));
        opened(new PartitionWatch(logs::topicHealth, clock, meters.registry())).start();

        FrontDesk desk = new FrontDesk(clock, config.getInt("poll.max.parked"));
        meters.watch(desk, config.getInt("poll.max.parked"));
        meters.watch(membership::map);
        Supplier<LeaseTokens> tokens = tokens(config, logs.identity());
        ready = new Ready(id(), desk, membership::map);
        PeerWatch peers = opened(new PeerWatch());
        Pin agreed = agree(membership, logs);
        Whereabouts whereabouts = new Whereabouts(id(), agreed.counts(), desk, membership::map, peers::isGone);
        logs.countShards(whereabouts::shards);
        EdgeContext context = new EdgeContext(
                desk,
                whereabouts,
                tokens,
                logs.maxTaskBytes(),
                options.forward(),
                ready,
                watch::problems,
                new ClusterOperations(membership::map, membership.pin(), membership.directives(), logs),
                meters.registry());
        if (options.edge().hosts().contains("*")) {
            LOG.warn("listen.hosts is *: a web page can use this coordinator by a name of its own that points here");
        }
        edge = opened(HttpEdge.start(context, options.edge()));
        logs.askPositions(edge.inboxPositions(context));
        host = new ShardHost(
                id(),
                membership,
                peers,
                desk,
                new ShardFactory(options.shard(), clock, chance, tokens, logs, desk, meters.registry(), labels(config)),
                clock,
                chance,
                new FoldAgreement(options.shard().foldVersion(), config.getInt("upgrade.settle.ms"), clock));
        // When closing, the shards go first, then the membership, so that nobody is sent to an edge that is gone.
        open.remove(membership);
        open.push(membership);
        open.push(host);
        host.watchProgress(stuckMs(config), this::stuck);
        host.start();
        membership.awaitRegistered(patience);
        opened(new ClockWatch(clock, this::clockSetBack)).start();
    }

    private static QueueLabels labels(CoordinatorConfig config) {
        String named = config.getString("metrics.queues");
        return new QueueLabels(named.isEmpty() ? List.of() : List.of(named.split(",")));
    }

    /** The shards of a coordinator whose clients stand still are better off elsewhere, and it with new clients. */
    private void clockSetBack(long ms) {
        LOG.error(
                "The time of day was set back by {} ms, and for so long Kafka's clients may stand still: this coordinator "
                        + "stops, to be started again",
                ms);
        new Thread(this::close, "leasehold-stop").start();
    }

    /** Long after the log's client must have taken or refused a record, and after this owner's proof has aged. */
    private static long stuckMs(CoordinatorConfig config) {
        long slowest = Math.max(config.getInt("journal.append.timeout.ms"), config.getInt("proof.max.age.ms"));
        return Math.max(SHORTEST_STUCK_MS, 3 * slowest);
    }

    /** Other shards may hang on the same thing, and no copy of this process can be told from one that serves. */
    private void stuck(String what) {
        LOG.error("{}: this coordinator stops, to be started again", what);
        new Thread(this::close, "leasehold-stop").start();
        Thread last = new Thread(this::haltUnlessEnded, "leasehold-halt");
        last.setDaemon(true);
        last.start();
    }

    /** Closing may hang on what is stuck. */
    private void haltUnlessEnded() {
        try {
            if (!ended.await(lastPatience.toMillis() + HALT_AFTER_MS, TimeUnit.MILLISECONDS)) {
                LOG.error("Coordinator {} cannot be stopped, and ends at once", id());
                Runtime.getRuntime().halt(EXIT_STUCK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was pinned counts, whatever is configured: there may have been a growth since. */
    private KafkaShardLogs openLogs(CuratorMembership membership) {
        Optional<Pin> pinned = membership.pin().read();
        pinned.ifPresent(pin -> pin.checkConfigured(options.log().shards()));
        LogIdentity expected = pinned.map(Pin::identity).orElse(null);
        LogOptions log = expected == null ? options.log() : options.log().withShards(expected.shards());
        return KafkaShardLogs.open(log, new InboxTasks(), expected);
    }

    /** The first coordinator writes down what the topics are; the others, and it itself from then on, insist on that. */
    private static Pin agree(CuratorMembership membership, KafkaShardLogs logs) {
        Pin agreed = membership.pin().agree(logs.identity());
        membership.agreed(agreed);
        membership.believeUpTo(logs::partitions);
        return agreed;
    }

    /** A token is good for one journal: another cluster's, or an earlier journal's, does not pass. */
    private static Supplier<LeaseTokens> tokens(CoordinatorConfig config, LogIdentity identity) {
        String context = identity.clusterId() + "/" + identity.journalTopicId();
        return () -> new LeaseTokens(config.clusterKeys(), context);
    }

    public String id() {
        return options.identity().id();
    }

    /** Where workers and other coordinators reach it. */
    public String url() {
        return options.identity().url();
    }

    /** Whether it has been closed, or has stopped for a reason of its own, which its log says. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns when the process has been closed, or has stopped for a reason of its own. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Says that it is not ready any more, hands its shards over and serves each until then, answers parked polls with
     * nothing, leaves the cluster, and stops listening last. Who comes second waits for the first.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitQuietly();
            return;
        }
        LOG.info("Coordinator {} stops", id());
        ready.stop();
        quietly("hand the shards over", () -> host.handOver(lastPatience));
        quietly("answer parked polls", edge::drain);
        closeAll();
        LOG.info("Coordinator {} has stopped", id());
        ended.countDown();
    }

    private void awaitQuietly() {
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            quietly("close " + part.getClass().getSimpleName(), part);
        }
    }

    private static void quietly(String what, AutoCloseable action) {
        try {
            action.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("Could not {}: {}", what, e.toString());
        }
    }
}
