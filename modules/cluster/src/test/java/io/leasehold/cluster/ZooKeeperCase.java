package io.leasehold.cluster;

import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real ZooKeeper for each test, and coordinators that remember every map they were told. */
abstract class ZooKeeperCase {
    static final int SESSION_MS = 2_000;
    static final int SHARDS = 4;
    private static final int TICK_MS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    TestingServer server;
    CuratorFramework admin;

    /**
     * @param told every map, in order
     * @param threads that told them
     */
    record Coordinator(CuratorMembership membership, List<ClusterMap> told, Set<Thread> threads) {
        ClusterMap map() {
            return membership.map();
        }

        ClusterMap lastTold() {
            return told.get(told.size() - 1);
        }

        List<ClusterMap> toldSince(int heard) {
            List<ClusterMap> all = List.copyOf(told);
            return all.subList(heard, all.size());
        }

        Place place(int shard) {
            return map().shards().get(shard);
        }
    }

    @BeforeEach
    void startZooKeeper() throws Exception {
        server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MS, -1), true);
        admin = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryForever(TICK_MS));
        admin.start();
    }

    @AfterEach
    void stopAll() throws Exception {
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
        admin.close();
        server.close();
    }

    ClusterOptions options(String id) {
        return ClusterOptions.of(server.getConnectString(), id, "http://127.0.0.1/" + id, SHARDS)
                .withSessionTimeoutMs(SESSION_MS);
    }

    ClusterOptions through(Cable cable, ClusterOptions options) {
        return new ClusterOptions(
                cable.connect(),
                options.root(),
                options.sessionTimeoutMs(),
                options.connectionTimeoutMs(),
                options.id(),
                options.url(),
                options.shards());
    }

    Cable cable() throws IOException {
        Cable cable = new Cable(server.getPort());
        toClose.push(cable);
        return cable;
    }

    /** Started, registered, and with a first map of the cluster. */
    Coordinator join(ClusterOptions options) {
        Coordinator coordinator = start(options);
        coordinator.membership().awaitRegistered(PATIENCE);
        eventually().until(() -> !coordinator.map().shards().isEmpty());
        return coordinator;
    }

    Coordinator start(ClusterOptions options) {
        return open(options, membership -> {});
    }

    Coordinator open(ClusterOptions options, Consumer<CuratorMembership> beforeTheStart) {
        CuratorMembership membership = CuratorMembership.open(options);
        toClose.push(membership);
        beforeTheStart.accept(membership);
        List<ClusterMap> told = new CopyOnWriteArrayList<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        membership.start(map -> {
            threads.add(Thread.currentThread());
            told.add(map);
        });
        return new Coordinator(membership, told, threads);
    }

    static ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }

    /** How many shards are assigned to whom. */
    static Map<String, Integer> loads(ClusterMap map) {
        Map<String, Integer> loads = new TreeMap<>();
        map.shards().forEach(place -> {
            if (place.assigned() != null) {
                loads.merge(place.assigned(), 1, Integer::sum);
            }
        });
        return loads;
    }

    static List<String> ids(ClusterMap map) {
        return map.members().stream().map(Member::id).toList();
    }
}
