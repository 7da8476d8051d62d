package io.leasehold.client.zookeeper;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.client.CoordinatorSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.retry.RetryForever;

/**
 * Reads the coordinators that are registered under {@code <root>/coordinators}. It only reads. While ZooKeeper is away the
 * last picture stands: the coordinators go on without it too.
 */
public final class ZooKeeperCoordinators implements CoordinatorSource {
    public static final String DEFAULT_ROOT = "/leasehold";

    private static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int RETRY_EVERY_MS = 1_000;

    private final CuratorFramework zookeeper;
    private final CuratorCache cache;
    private final String parent;
    private Consumer<List<Coordinator>> listener;
    private List<Coordinator> told;

    private ZooKeeperCoordinators(String connect, String root) {
        parent = root + "/coordinators";
        RetryPolicy retry = new RetryForever(RETRY_EVERY_MS);
        zookeeper = CuratorFrameworkFactory.newClient(connect, SESSION_TIMEOUT_MS, CONNECT_TIMEOUT_MS, retry);
        cache = CuratorCache.build(zookeeper, parent);
    }

    /** @param connect hosts and ports of ZooKeeper: {@code zk1:2181,zk2:2181} */
    public static ZooKeeperCoordinators connect(String connect) {
        return connect(connect, DEFAULT_ROOT);
    }

    /** @param root where the coordinators keep what they share: their {@code zookeeper.root} */
    public static ZooKeeperCoordinators connect(String connect, String root) {
        if (connect == null || connect.isBlank()) {
            throw new IllegalArgumentException("connect: " + connect + " (expected: host:port,...)");
        }
        if (root == null || !root.matches("(/[^/\\s]+)+")) {
            throw new IllegalArgumentException("root: " + root + " (expected: a path such as " + DEFAULT_ROOT + ")");
        }
        return new ZooKeeperCoordinators(connect, root);
    }

    @Override
    public synchronized void start(Consumer<List<Coordinator>> listener) {
        if (this.listener != null) {
            throw new IllegalStateException("it was started before");
        }
        this.listener = listener;
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forInitialized(this::tell)
                        .forAll((type, before, after) -> tell())
                        .afterInitialized()
                        .build());
        zookeeper.start();
        cache.start();
    }

    @Override
    public void close() {
        cache.close();
        zookeeper.close();
    }

    private synchronized void tell() {
        List<Coordinator> now = current();
        if (!now.equals(told)) {
            told = now;
            listener.accept(now);
        }
    }

    /** Those that stay; if all are leaving, they still are the best there is. */
    private List<Coordinator> current() {
        List<CoordinatorNode> nodes;
        try (Stream<ChildData> all = cache.stream()) {
            nodes = all.filter(data -> data.getPath().startsWith(parent + "/"))
                    .map(data -> CoordinatorNode.read(data.getPath().substring(parent.length() + 1), data.getData()))
                    .flatMap(java.util.Optional::stream)
                    .sorted(Comparator.comparing(CoordinatorNode::id))
                    .toList();
        }
        List<Coordinator> staying = nodes.stream()
                .filter(node -> !node.leaving())
                .map(node -> new Coordinator(node.id(), node.url()))
                .toList();
        return !staying.isEmpty()
                ? staying
                : nodes.stream()
                        .map(node -> new Coordinator(node.id(), node.url()))
                        .toList();
    }
}
