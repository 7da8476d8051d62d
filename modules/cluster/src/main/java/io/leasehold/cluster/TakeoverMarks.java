package io.leasehold.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** {@code caughtup/SHARD}: this coordinator waits to take the shard over. The newest to wait has the mark. */
final class TakeoverMarks {
    private final ZooKeeperConnection connection;
    private final CuratorFramework client;
    private final ClusterPaths paths;
    private final byte[] id;

    TakeoverMarks(ZooKeeperConnection connection, ClusterPaths paths, String id) {
        this.connection = connection;
        this.client = connection.client();
        this.paths = paths;
        this.id = id.getBytes(StandardCharsets.UTF_8);
    }

    void set(int shard) throws Exception {
        String path = paths.caughtUp(shard);
        Stat stat = new Stat();
        byte[] there = read(path, stat);
        if (there != null) {
            if (Arrays.equals(there, id) && stat.getEphemeralOwner() == connection.sessionId()) {
                return;
            }
            delete(path, stat);
        }
        client.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path, id);
    }

    /** Takes the mark away if it is ours, of whatever session. */
    void clear(int shard) throws Exception {
        String path = paths.caughtUp(shard);
        Stat stat = new Stat();
        if (Arrays.equals(read(path, stat), id)) {
            delete(path, stat);
        }
    }

    private byte[] read(String path, Stat stat) throws Exception {
        try {
            return client.getData().storingStatIn(stat).forPath(path);
        } catch (KeeperException.NoNodeException e) {
            return null;
        }
    }

    private void delete(String path, Stat stat) throws Exception {
        try {
            client.delete().withVersion(stat.getVersion()).forPath(path);
        } catch (KeeperException.NoNodeException e) {
            // Gone already, which is what was wanted.
        }
    }
}
