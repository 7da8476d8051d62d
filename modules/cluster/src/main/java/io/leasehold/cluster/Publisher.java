package io.leasehold.cluster;

import io.leasehold.cluster.ShardIntent.Claim;
import io.leasehold.coordinator.port.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to ZooKeeper what the wishes ask for and ZooKeeper does not say yet, and tries again, ever more slowly, until it
 * does. All writing is done on the write thread; while ZooKeeper is away that thread is left alone.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int RETRY_FIRST_MS = 100;
    private static final int RETRY_MAX_MS = 5_000;
    private static final int RETRY_DOUBLINGS = 6;
    private static final long COMPLAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LAST_PASSES = 3;

    private final ClusterWishes wishes;
    private final Registration registration;
    private final OwnerRecords owners;
    private final TakeoverMarks marks;
    private final WitnessRecords witnesses;
    private final ScheduledExecutorService writeThread;
    private final CompletableFuture<Void> registered = new CompletableFuture<>();
    private final AtomicBoolean passQueued = new AtomicBoolean();
    private final AtomicBoolean retryQueued = new AtomicBoolean();
    private volatile boolean connected;
    private volatile String refusal;
    private long complainedNanos;
    private int failures;

    Publisher(
            ClusterWishes wishes,
            Registration registration,
            OwnerRecords owners,
            TakeoverMarks marks,
            WitnessRecords witnesses,
            ScheduledExecutorService writeThread) {
        this.wishes = wishes;
        this.registration = registration;
        this.owners = owners;
        this.marks = marks;
        this.witnesses = witnesses;
        this.writeThread = writeThread;
    }

    /** Done once the coordinator was registered for the first time. */
    CompletableFuture<Void> registered() {
        return registered;
    }

    /** Why the coordinator is not registered, or null. */
    String refusal() {
        return refusal;
    }

    /** Any thread. */
    void connection(boolean isConnected) {
        connected = isConnected;
        if (isConnected) {
            wishes.doubtAll();
            writeSoon();
        }
    }

    /** Something was wished. Any thread, returns at once. */
    void writeSoon() {
        if (connected && passQueued.compareAndSet(false, true)) {
            writeThread.execute(() -> {
                passQueued.set(false);
                pass();
            });
        }
    }

    /** The last words before closing; waits for them a little, if ZooKeeper is there to hear them. */
    void lastWords(long atMostMs) throws Exception {
        if (connected) {
            CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < LAST_PASSES && wishes.hasShardsToWrite(); i++) {
                                    wishes.takeShards().forEach(this::write);
                                    wishes.takeWitnesses().forEach(this::write);
                                }
                            },
                            writeThread)
                    .get(atMostMs, TimeUnit.MILLISECONDS);
        }
    }

    private void pass() {
        if (!connected) {
            return;
        }
        boolean allDone = register();
        for (int shard : wishes.takeShards()) {
            allDone &= write(shard);
        }
        for (Map.Entry<Integer, Witness> one : wishes.takeWitnesses().entrySet()) {
            allDone &= write(one.getKey(), one.getValue());
        }
        failures = allDone ? 0 : failures + 1;
        if (!allDone && retryQueued.compareAndSet(false, true)) {
            int delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS << Math.min(failures, RETRY_DOUBLINGS));
            writeThread.schedule(
                    () -> {
                        retryQueued.set(false);
                        pass();
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
        }
    }

    private boolean register() {
        String why = wishes.takeRegistration()
                .flatMap(self -> {
                    try {
                        return registration.register(self);
                    } catch (Exception e) {
                        return Optional.of(
                                "coordinator.id: " + self.id() + " (expected: registered; failed with " + e + ")");
                    }
                })
                .orElse(null);
        refusal = why;
        if (why == null) {
            registered.complete(null);
            return true;
        }
        wishes.registerAgain();
        complain(why);
        return false;
    }

    private void complain(String why) {
        if (writeThread.isShutdown()) {
            return;
        }
        long now = System.nanoTime();
        if (complainedNanos == 0 || now - complainedNanos > COMPLAIN_EVERY_NANOS) {
            complainedNanos = now;
            LOG.warn("{}; trying again", why);
        }
    }

    private boolean write(int shard) {
        ShardIntent intent = wishes.intent(shard);
        try {
            writeClaim(shard, intent);
            if (intent.waiting()) {
                marks.set(shard);
            } else {
                marks.clear(shard);
            }
            return true;
        } catch (Exception e) {
            wishes.writeAgain(shard);
            if (!isRace(e)) {
                complain("shard " + shard + ": " + intent + " is not in ZooKeeper yet (" + e + ")");
            }
            return false;
        }
    }

    private boolean write(int shard, Witness witness) {
        try {
            witnesses.write(shard, witness);
            return true;
        } catch (Exception e) {
            wishes.witness(shard, witness);
            if (!isRace(e)) {
                complain("shard " + shard + ": " + witness + " is not in ZooKeeper yet (" + e + ")");
            }
            return false;
        }
    }

    private void writeClaim(int shard, ShardIntent intent) throws Exception {
        boolean stands = switch (intent.claim()) {
            case UNSAID -> true;
            case OWNS -> owners.publish(shard, intent.epoch(), intent.wrong());
            case RELEASED -> owners.release(shard, intent.epoch());
        };
        if (!stands) {
            LOG.info("Shard {}: not published, a claim above epoch {} stands", shard, intent.epoch());
        }
        if (!stands || intent.claim() == Claim.RELEASED) {
            wishes.settle(shard, intent);
        }
    }

    private static boolean isRace(Exception e) {
        return e instanceof KeeperException.BadVersionException
                || e instanceof KeeperException.NodeExistsException
                || e instanceof KeeperException.NoNodeException;
    }
}
