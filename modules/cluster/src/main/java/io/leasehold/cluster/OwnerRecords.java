package io.leasehold.cluster;

import java.util.Arrays;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code owners/SHARD}, each write a compare-and-set, so that a lower epoch never goes over a higher one. */
final class OwnerRecords {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerRecords.class);

    private final CuratorFramework client;
    private final ClusterPaths paths;
    private final String id;
    private final String url;

    OwnerRecords(CuratorFramework client, ClusterPaths paths, String id, String url) {
        this.client = client;
        this.paths = paths;
        this.id = id;
        this.url = url;
    }

    /**
     * @param wrong what the log has refuted, and is written over whatever its epoch; or null
     * @return whether the record now says so; false if it names a claim that stands above this one, for good
     * @throws KeeperException also if someone else wrote meanwhile: try again
     */
    boolean publish(int shard, long epoch, OwnerNode wrong) throws Exception {
        return write(shard, new OwnerNode(id, url, epoch), wrong);
    }

    /** Keeps the epoch and clears the owner; otherwise like {@link #publish}. */
    boolean release(int shard, long epoch) throws Exception {
        return write(shard, new OwnerNode(null, null, epoch), null);
    }

    private boolean write(int shard, OwnerNode wanted, OwnerNode wrong) throws Exception {
        String path = paths.owner(shard);
        byte[] content = NodeJson.write(wanted);
        Stat stat = new Stat();
        byte[] there;
        try {
            there = client.getData().storingStatIn(stat).forPath(path);
        } catch (KeeperException.NoNodeException e) {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, content);
            return true;
        }
        if (Arrays.equals(there, content)) {
            return true;
        }
        OwnerNode other = claim(path, there);
        if (other != null && !below(other, wanted)) {
            if (!other.equals(wrong)) {
                return false;
            }
            LOG.warn("{}: {} is not in the log, written over with {}", path, other, wanted);
        }
        client.setData().withVersion(stat.getVersion()).forPath(path, content);
        return true;
    }

    /** What stands there, or null if that is no claim, but something that nobody can go by. */
    private static OwnerNode claim(String path, byte[] there) {
        try {
            return NodeJson.read(path, there, OwnerNode.class, NodeRules::owner);
        } catch (ClusterException e) {
            LOG.warn("{}; it is written over", e.getMessage());
            return null;
        }
    }

    /** At the same epoch only its owner may write, and what it gave up stays given up. */
    private boolean below(OwnerNode there, OwnerNode wanted) {
        return there.epoch() < wanted.epoch() || (there.epoch() == wanted.epoch() && id.equals(there.owner()));
    }
}
