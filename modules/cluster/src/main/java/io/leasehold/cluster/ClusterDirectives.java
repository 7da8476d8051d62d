package io.leasehold.cluster;

import io.leasehold.coordinator.port.Directives;
import java.util.function.UnaryOperator;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * What operators asked for, in one node, each change a compare-and-set. The elected assigner sees a change as soon as
 * ZooKeeper tells it. Calls block on ZooKeeper; any thread but Curator's own.
 */
public final class ClusterDirectives {
    private static final int ATTEMPTS = 10;

    private final CuratorFramework client;
    private final String path;

    ClusterDirectives(CuratorFramework client, ClusterPaths paths) {
        this.client = client;
        this.path = paths.directives();
    }

    /**
     * @return what stands from now on
     * @throws ClusterException if ZooKeeper does not answer
     */
    public Directives change(UnaryOperator<Directives> change) {
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                try {
                    return tryToChange(change);
                } catch (KeeperException.BadVersionException
                        | KeeperException.NodeExistsException
                        | KeeperException.NoNodeException e) {
                    // Somebody else was faster: their change counts first.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("zookeeper node " + path + ": interrupted while writing", e);
        } catch (ClusterException e) {
            throw e;
        } catch (Exception e) {
            throw new ClusterException("zookeeper node " + path + ": could not be written (" + e + ")", e);
        }
        throw new ClusterException("zookeeper node " + path + ": changed again and again by others; try again");
    }

    private Directives tryToChange(UnaryOperator<Directives> change) throws Exception {
        Stat stat = client.checkExists().forPath(path);
        if (stat == null) {
            Directives first = change.apply(Directives.NONE);
            client.create().creatingParentsIfNeeded().forPath(path, NodeJson.write(first));
            return first;
        }
        byte[] content = client.getData().storingStatIn(stat).forPath(path);
        Directives next = change.apply(NodeJson.read(path, content, Directives.class, NodeRules::directives));
        client.setData().withVersion(stat.getVersion()).forPath(path, NodeJson.write(next));
        return next;
    }
}
