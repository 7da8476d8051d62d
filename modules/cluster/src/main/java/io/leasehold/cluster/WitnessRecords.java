package io.leasehold.cluster;

import io.leasehold.coordinator.port.Witness;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code witness/SHARD}, each write a compare-and-set: what says less never goes over what says more. */
final class WitnessRecords {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessRecords.class);

    private final CuratorFramework client;
    private final ClusterPaths paths;

    WitnessRecords(CuratorFramework client, ClusterPaths paths) {
        this.client = client;
        this.paths = paths;
    }

    /** @throws KeeperException also if someone else wrote meanwhile: try again */
    void write(int shard, Witness wanted) throws Exception {
        String path = paths.witness(shard);
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
            return;
        }
        if (wanted.isBeyond(witness(path, there))) {
            client.setData().withVersion(stat.getVersion()).forPath(path, content);
        }
    }

    /** What stands there, or null if that is no witness. */
    private static Witness witness(String path, byte[] there) {
        try {
            return NodeJson.read(path, there, Witness.class, NodeRules::witness);
        } catch (ClusterException e) {
            LOG.warn("{}; it is written over", e.getMessage());
            return null;
        }
    }
}
