package io.leasehold.cluster;

import io.leasehold.coordinator.port.Witness;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** {@code witness/SHARD}, each write a compare-and-set: what says less never goes over what says more. */
final class WitnessRecords {
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
        if (wanted.isBeyond(NodeJson.read(path, there, Witness.class))) {
            client.setData().withVersion(stat.getVersion()).forPath(path, content);
        }
    }
}
