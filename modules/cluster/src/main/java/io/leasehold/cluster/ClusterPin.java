package io.leasehold.cluster;

import io.leasehold.api.ShardCounts;
import io.leasehold.coordinator.port.LogIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster was made with: written by the first coordinator, and held against every later one; afterwards only the
 * number of shards changes, and only upwards. A coordinator with another broker cluster, other topics or a number of shards
 * that the cluster never had would send tasks to the wrong homes.
 *
 * <p>Calls block on ZooKeeper; any thread but Curator's own.
 */
public final class ClusterPin {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPin.class);

    private final CuratorFramework client;
    private final String path;

    ClusterPin(CuratorFramework client, ClusterPaths paths) {
        this.client = client;
        this.path = paths.pin();
    }

    /**
     * What is pinned, or empty if nothing is.
     *
     * @throws ClusterException if ZooKeeper does not answer or the pin is not readable
     */
    public Optional<Pin> read() {
        return read(new Stat());
    }

    private Optional<Pin> read(Stat stat) {
        try {
            catchUp();
            byte[] content = client.getData().storingStatIn(stat).forPath(path);
            return Optional.of(NodeJson.read(path, content, Pin.class, NodeRules::pin));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw failed("read", e);
        }
    }

    /**
     * Pins this identity if nothing is pinned, else compares; any number of shards that the cluster has had will do.
     *
     * @return what is pinned
     * @throws ClusterException naming each field that differs; or if ZooKeeper does not answer
     */
    public Pin agree(LogIdentity found) {
        Optional<Pin> pinned = read();
        if (pinned.isEmpty()) {
            Pin first = Pin.of(found);
            if (create(first)) {
                return first;
            }
            pinned = read();
        }
        Pin expected = pinned.orElseThrow(() ->
                new ClusterException("zookeeper pin " + path + ": removed as soon as it was made (expected: to stay)"));
        compare(found, expected);
        return expected;
    }

    /**
     * Pins one more count of shards; the partitions must be there already. Does nothing if it is the present one.
     *
     * @return what is pinned from now on
     * @throws ClusterException if nothing is pinned, if it is no multiple of the present count, or if ZooKeeper does not answer
     */
    public Pin grow(int shards) {
        Stat stat = new Stat();
        Pin now = read(stat)
                .orElseThrow(() -> new ClusterException(
                        "zookeeper pin " + path + ": missing (expected: what the cluster was made with)"));
        if (!ShardCounts.mayGrow(now.shards(), shards)) {
            throw new ClusterException("shards: " + shards + " (expected: " + ShardCounts.expected(now.shards()) + ")");
        }
        if (shards == now.shards()) {
            return now;
        }
        Pin grown = now.grownTo(shards);
        try {
            client.setData().withVersion(stat.getVersion()).forPath(path, NodeJson.write(grown));
            return grown;
        } catch (KeeperException.BadVersionException e) {
            throw new ClusterException("zookeeper pin " + path + ": changed by somebody else meanwhile; try again", e);
        } catch (Exception e) {
            throw failed("written", e);
        }
    }

    /** Writes what was pinned before into a store that has forgotten it, or that knows fewer shards since. */
    void restore(Pin pin) {
        if (create(pin)) {
            LOG.warn("ZooKeeper had forgotten what this cluster was made with; {} is pinned again", pin);
            return;
        }
        Stat stat = new Stat();
        Pin there = read(stat).orElse(null);
        if (there == null || there.shards() >= pin.shards() || !there.isOfTheSameTopics(pin)) {
            return;
        }
        try {
            client.setData().withVersion(stat.getVersion()).forPath(path, NodeJson.write(pin));
            LOG.warn("ZooKeeper knew of {} shards only; {} is pinned again", there.shards(), pin);
        } catch (KeeperException.BadVersionException | KeeperException.NoNodeException e) {
            LOG.debug("The pin changed meanwhile; the next picture brings it", e);
        } catch (Exception e) {
            throw failed("written", e);
        }
    }

    private boolean create(Pin pin) {
        try {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, NodeJson.write(pin));
            return true;
        } catch (KeeperException.NodeExistsException e) {
            return false;
        } catch (Exception e) {
            throw failed("written", e);
        }
    }

    private void compare(LogIdentity found, Pin pinned) {
        List<String> differences = new ArrayList<>();
        difference(differences, "clusterId", found.clusterId(), pinned.clusterId());
        if (!pinned.hadShards(found.shards())) {
            difference(differences, "shards", found.shards(), pinned.shards());
        }
        difference(differences, "journalTopicId", found.journalTopicId(), pinned.journalTopicId());
        difference(differences, "inboxTopicId", found.inboxTopicId(), pinned.inboxTopicId());
        if (!differences.isEmpty()) {
            throw new ClusterException(String.join("; ", differences));
        }
    }

    private void difference(List<String> differences, String name, Object found, Object pinned) {
        if (!Objects.equals(found, pinned)) {
            differences.add(name + ": " + found + " (expected: " + pinned + ", pinned in ZooKeeper at " + path + ")");
        }
    }

    /** A follower may lag; "nothing is pinned" from a lagging one would let lost topics be made anew. */
    private void catchUp() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        client.sync()
                .inBackground((ignored, event) -> {
                    KeeperException.Code code = KeeperException.Code.get(event.getResultCode());
                    if (code == KeeperException.Code.OK) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(KeeperException.create(code, path));
                    }
                })
                .forPath(path);
        done.get();
    }

    private ClusterException failed(String what, Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return cause instanceof ClusterException known
                ? known
                : new ClusterException("zookeeper pin " + path + ": could not be " + what + " (" + cause + ")", cause);
    }
}
