package io.leasehold.cluster;

import io.leasehold.cluster.TreeReader.Node;
import io.leasehold.coordinator.port.ClusterMap.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.WatchedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one picture of the cluster: a recursive watch over the root says which nodes changed, they are read again, and the
 * listener is told. After a connection was lost the watch is set anew first, then everything is read, and only then does
 * the picture count as connected; until then the last one stands, marked as such.
 *
 * <p>This is a CuratorCache in small. That one does not say when it has read everything again after a reconnect, and a fresh
 * one for each reconnect leaks a listener in the client.
 *
 * <p>All fields but {@code current} belong to the watch thread; every entry only posts to it.
 */
final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    /** Changes come in bursts (a takeover writes one node a shard); a burst is one map. */
    private static final int GATHER_MS = 20;

    private static final int RETRY_MS = 500;
    private static final int CLOSE_MS = 1_000;
    private static final int ASK_PARTITIONS_MS = 5_000;

    private final ClusterPaths paths;
    private final Member self;
    private final Consumer<ClusterPicture> listener;
    private final TreeReader reader;
    private final PersistentWatcher watcher;
    private final ScheduledThreadPoolExecutor thread;

    private final Map<String, Node> nodes = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final OddNodes odd = new OddNodes();
    private boolean allChanged = true;
    private boolean connected;
    private boolean watching;
    private boolean watchStarted;
    private boolean reading;
    private boolean scheduled;
    private long connections;
    private boolean asking;
    private Pin disbelieved;
    private int partitionsFound;
    private volatile IntSupplier partitions;
    private volatile List<Integer> counts;
    private volatile ClusterPicture current = ClusterPicture.EMPTY;

    /**
     * @param shards how many there are as far as is known so far; what is pinned adds to that
     * @param listener told each picture on the watch thread
     */
    ClusterWatch(
            CuratorFramework client, ClusterPaths paths, Member self, int shards, Consumer<ClusterPicture> listener) {
        this.paths = paths;
        this.self = self;
        this.counts = List.of(shards);
        this.listener = listener;
        reader = new TreeReader(client, paths);
        watcher = new PersistentWatcher(client, paths.root(), true);
        watcher.getListenable().addListener(this::seen);
        watcher.getResetListenable().addListener(() -> post(this::watchSet));
        thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("leasehold-cluster-watch"));
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Any thread. */
    ClusterPicture current() {
        return current;
    }

    /** Watch thread: whether the store says what the cluster was made with, readable or not. */
    boolean isPinned() {
        return nodes.containsKey(paths.pin());
    }

    /** How many shards there can be, asked for whenever more are pinned than that; may block. Before the first connection. */
    void believeUpTo(IntSupplier partitions) {
        this.partitions = partitions;
    }

    /** How many shards there have been, as read elsewhere; before the first connection. */
    void know(List<Integer> known) {
        counts = known;
    }

    /** Any thread. */
    void connection(boolean isConnected) {
        post(isConnected ? this::connected : this::disconnected);
    }

    @Override
    public void close() {
        watcher.close();
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seen(WatchedEvent event) {
        String path = event.getPath();
        if (path != null && paths.shown(path)) {
            post(() -> {
                changed.add(path);
                readIn(GATHER_MS);
            });
        }
    }

    private void connected() {
        connected = true;
        if (!watchStarted) {
            watchStarted = true;
            watcher.start();
        }
        readIn(0);
    }

    private void disconnected() {
        connections++;
        connected = false;
        watching = false;
        allChanged = true;
        if (current != ClusterPicture.EMPTY && current.map().connected()) {
            tell(current.disconnected());
        }
    }

    private void watchSet() {
        watching = true;
        allChanged = true;
        readIn(0);
    }

    private void readIn(int delayMs) {
        if (!scheduled) {
            scheduled = true;
            thread.schedule(guarded(this::read), delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private void read() {
        scheduled = false;
        if (reading || !connected || !watching || (!allChanged && changed.isEmpty())) {
            return;
        }
        reading = true;
        boolean all = allChanged;
        long connection = connections;
        Set<String> wanted = Set.copyOf(changed);
        allChanged = false;
        changed.clear();
        (all ? reader.all() : reader.some(wanted))
                .whenComplete((found, error) -> post(() -> {
                    reading = false;
                    if (error == null && connection == connections) {
                        merge(all, found);
                        readIn(GATHER_MS);
                    } else {
                        allChanged = true;
                        LOG.debug("Reading {} again", paths.root(), error);
                        readIn(RETRY_MS);
                    }
                }));
    }

    private void merge(boolean all, Map<String, Optional<Node>> found) {
        if (all) {
            nodes.clear();
        }
        found.forEach((path, node) -> node.ifPresentOrElse(there -> nodes.put(path, there), () -> nodes.remove(path)));
        look();
    }

    private void look() {
        ClusterPicture picture = ClusterPicture.of(nodes, paths, self, counts, most(), odd);
        counts = picture.map().counts();
        tell(picture);
        if (picture.pin() != null && picture.pin().shards() > most()) {
            askPartitions();
        }
    }

    private int most() {
        return partitions == null ? Integer.MAX_VALUE : Math.max(partitionsFound, counts.get(counts.size() - 1));
    }

    /** Who asks may wait for long, and the watch thread may not. */
    private void askPartitions() {
        if (!asking) {
            asking = true;
            IntSupplier asked = partitions;
            new DaemonThreads("leasehold-cluster-partitions")
                    .newThread(() -> {
                        int found = 0;
                        try {
                            found = asked.getAsInt();
                        } catch (RuntimeException e) {
                            LOG.warn("How many partitions the topics have could not be asked ({})", e.toString());
                        }
                        int there = found;
                        post(() -> partitionsFound(there));
                    })
                    .start();
        }
    }

    private void partitionsFound(int found) {
        asking = false;
        partitionsFound = Math.max(partitionsFound, found);
        Pin pinned = current.pin();
        if (pinned == null) {
            return;
        }
        if (pinned.shards() > most()) {
            if (!pinned.equals(disbelieved)) {
                disbelieved = pinned;
                LOG.warn(
                        "zookeeper node {}: shards: {} (expected: at most {}, as the topics have partitions); not believed",
                        paths.pin(),
                        pinned.shards(),
                        most());
            }
            thread.schedule(guarded(this::doubt), ASK_PARTITIONS_MS, TimeUnit.MILLISECONDS);
        } else if (connected) {
            look();
        }
    }

    private void doubt() {
        if (current.pin() != null && current.pin().shards() > most()) {
            askPartitions();
        }
    }

    private void tell(ClusterPicture picture) {
        current = picture;
        listener.accept(picture);
    }

    private void post(Runnable task) {
        thread.execute(guarded(task));
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("The cluster's map could not be brought up to date", e);
            }
        };
    }
}
