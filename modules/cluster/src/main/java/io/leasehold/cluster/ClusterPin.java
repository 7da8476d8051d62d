package io.leasehold.cluster;

import io.leasehold.coordinator.port.LogIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;

/**
 * What the cluster was made with: written once, by the first coordinator, and held against every later one. A coordinator
 * with another broker cluster, other topics or another number of shards would send tasks to the wrong homes.
 *
 * <p>Calls block on ZooKeeper; any thread but Curator's own.
 */
public final class ClusterPin {
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
    public Optional<LogIdentity> read() {
        try {
            catchUp();
            return Optional.of(NodeJson.read(path, client.getData().forPath(path), LogIdentity.class));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw failed("read", e);
        }
    }

    /**
     * Pins this identity if nothing is pinned, else compares.
     *
     * @throws ClusterException naming each field that differs; or if ZooKeeper does not answer
     */
    public void agree(LogIdentity found) {
        Optional<LogIdentity> pinned = read();
        if (pinned.isEmpty() && !create(found)) {
            pinned = read();
        }
        pinned.ifPresent(expected -> compare(found, expected));
    }

    private boolean create(LogIdentity identity) {
        try {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, NodeJson.write(identity));
            return true;
        } catch (KeeperException.NodeExistsException e) {
            return false;
        } catch (Exception e) {
            throw failed("written", e);
        }
    }

    private void compare(LogIdentity found, LogIdentity pinned) {
        List<String> differences = new ArrayList<>();
        difference(differences, "clusterId", found.clusterId(), pinned.clusterId());
        difference(differences, "shards", found.shards(), pinned.shards());
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
