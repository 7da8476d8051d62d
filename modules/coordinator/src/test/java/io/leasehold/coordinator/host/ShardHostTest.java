package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.testkit.HeldPeers;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.state.Fold;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardHostTest {
    private final Clock clock = Clock.system();
    private final FrontDesk desk = new FrontDesk(clock, 1_000);
    private final InMemoryCluster cluster = new InMemoryCluster(2);
    private final Map<Integer, InMemoryLogs> logs =
            Map.of(0, new InMemoryLogs(clock, 2), 1, new InMemoryLogs(clock, 2));
    private final Map<Integer, WeakReference<ShardLoop>> opened = new ConcurrentHashMap<>();
    private final CountDownLatch brokerAnswers = new CountDownLatch(1);
    private volatile boolean hanging;
    private final ShardHost host = new ShardHost(
            "a",
            cluster.join("a", "http://a"),
            new HeldPeers(),
            desk,
            this::open,
            clock,
            bound -> 0,
            new FoldAgreement(Fold.VERSION, 60_000, clock));

    @AfterEach
    void close() {
        brokerAnswers.countDown();
        host.close();
    }

    @Test
    void shardThatMovedAwayLeavesNothingInMemory() {
        host.start();
        cluster.assign(0, "a");
        await("owned", () -> desk.owns(0));

        cluster.assign(0, "b");
        cluster.join("b", "http://b").caughtUp(0);
        await("given up", () -> desk.shards().isEmpty());

        await("collected", () -> {
            System.gc();
            return opened.get(0).get() == null;
        });
    }

    @Test
    void openingThatHangsHoldsUpNoOtherShard() {
        hanging = true;
        host.start();
        cluster.assign(0, "a");
        await("being opened", () -> brokerAnswers.getCount() == 1 && opened.containsKey(-1));

        cluster.assign(1, "a");

        await("owned", () -> desk.owns(1));
        assertThat(desk.owns(0)).isFalse();
        brokerAnswers.countDown();
        await("owned as well", () -> desk.owns(0));
    }

    @Test
    void copyWhoseOpeningOutlastsItsHostEndsItself() {
        hanging = true;
        host.start();
        cluster.assign(0, "a");
        await("being opened", () -> opened.containsKey(-1));

        host.close();
        brokerAnswers.countDown();

        await("over", () -> {
            ShardLoop loop = opened.containsKey(0) ? opened.get(0).get() : null;
            return opened.containsKey(0) && (loop == null || loop.isOver());
        });
        assertThat(desk.owns(0)).isFalse();
    }

    @Test
    void shardThatDoesNotGetOnIsToldOf() {
        List<String> stuck = new CopyOnWriteArrayList<>();
        host.watchProgress(1_500, stuck::add);
        host.start();
        cluster.assign(0, "a");
        cluster.assign(1, "a");
        await("owned", () -> desk.owns(0) && desk.owns(1));

        logs.get(0).hold();

        await("told", () -> !stuck.isEmpty());
        assertThat(stuck).allMatch(line -> line.startsWith("shard 0: is ACTIVE"));
        assertThat(stuck.get(0)).contains("stands at ", "LockSupport.parkNanos");
    }

    private ShardLoop open(int shard, ShardListener listener) {
        if (hanging && shard == 0) {
            opened.put(-1, new WeakReference<>(null));
            boolean interrupted = false;
            while (brokerAnswers.getCount() > 0) {
                interrupted |= Thread.interrupted();
                Thread.onSpinWait();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        ShardLoop loop = OneShard.loop(shard, "a", clock, logs.get(shard), desk, listener);
        opened.put(shard, new WeakReference<>(loop));
        return loop;
    }

    private static void await(String what, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not " + what + " in time").isLessThan(untilNs);
            Thread.onSpinWait();
        }
    }
}
